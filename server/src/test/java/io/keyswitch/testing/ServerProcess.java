package io.keyswitch.testing;

import io.keyswitch.core.Json;
import io.keyswitch.secret.MasterKeys;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs {@code keyswitch serve} as a separate process with a given heap size. */
public final class ServerProcess implements AutoCloseable {
    private final Path directory;
    private final ProcessBuilder builder;
    private final int port;
    private Process process;

    /**
     * Starts the process and waits until it is healthy.
     *
     * @param heap maximum heap size, such as {@code 64m}
     * @param yaml additional settings, appended to those for server, database and emulator tokens
     */
    public ServerProcess(Path directory, String heap, String yaml, Map<String, String> environment) throws Exception {
        this(TestDatabase.in(directory), directory, heap, yaml, environment);
    }

    /** Starts the process on a database that it may share with others. */
    public ServerProcess(
            TestDatabase database, Path directory, String heap, String yaml, Map<String, String> environment)
            throws Exception {
        this.directory = directory;
        this.port = freePort();
        Files.writeString(
                directory.resolve("keyswitch.yaml"), """
                server: {port: %d}
                %s
                auth: {firebase: {projectId: %s, emulatorTokens: true}}
                """.formatted(port, database.yaml(), Tokens.PROJECT) + yaml);
        var command = Program.command("-Xmx" + heap, "-XX:-CreateCoredumpOnCrash", "-XX:ErrorFile=" + crashFile());
        command.addAll(
                List.of("serve", "--config", directory.resolve("keyswitch.yaml").toString()));
        this.builder = new ProcessBuilder(command)
                .redirectOutput(log().toFile())
                .redirectError(directory.resolve("stderr").toFile());
        // A developer's own project keys would be sent to their providers.
        builder.environment().keySet().removeIf(name -> name.endsWith("_API_KEY"));
        builder.environment().put("LLM_SETTINGS_ENCRYPTION_KEY", MasterKeys.generate());
        builder.environment().putAll(environment);
        this.process = builder.start();
        awaitHealth();
    }

    /** Starts the process again, on the same port, after it has ended; waits until it is healthy. */
    public void startAgain() throws Exception {
        process.onExit().get(60, TimeUnit.SECONDS);
        process = builder.start();
        awaitHealth();
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitHealth() throws Exception {
        for (int i = 0; i < 600; i++) {
            if (isHealthy()) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        throw new AssertionError("did not start: " + Files.readString(log()) + stderr());
    }

    /** Whether it answers within five seconds. */
    public boolean isHealthy() throws InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create(url() + "/healthz"))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode() == 200;
        } catch (IOException _) {
            return false;
        }
    }

    /** Calls a function as a user. */
    public HttpResponse<String> call(String user, String name, Object data) {
        return TestApp.send(HttpRequest.newBuilder(URI.create(url() + "/" + name))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + Tokens.emulator(user))
                .timeout(Duration.ofSeconds(30))
                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.bytes(Map.of("data", data))))
                .build());
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    public int port() {
        return port;
    }

    /** The log file. */
    public Path log() {
        return directory.resolve("stdout");
    }

    public String stderr() throws IOException {
        return Files.readString(directory.resolve("stderr"));
    }

    public long pid() {
        return process.pid();
    }

    /** Sends SIGTERM and does not wait. */
    public void terminate() {
        process.destroy();
    }

    /** The crash report file of the JVM. */
    public Path crashFile() {
        return directory.resolve("crash");
    }

    /** Crashes the JVM with SIGSEGV and waits until it has ended. */
    public void crash() throws Exception {
        new ProcessBuilder("kill", "-SEGV", Long.toString(pid())).start().waitFor();
        process.onExit().get(20, TimeUnit.SECONDS);
    }

    /** Kills the process and waits until it has ended. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().completeOnTimeout(process, 20, TimeUnit.SECONDS).join();
        kill();
    }
}

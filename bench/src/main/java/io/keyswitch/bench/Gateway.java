package io.keyswitch.bench;

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

/** A server between the load and {@link MockProvider}, or the mock itself, as a process. */
final class Gateway implements AutoCloseable {
    /**
     * How to start it.
     *
     * @param health the path that answers with a status below 500 when it is ready
     */
    record Start(String name, List<String> command, Map<String, String> environment, int port, String health) {}

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int SERVER_ERROR = 500;
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Start start;
    private final Process process;
    private final Duration startTook;

    private Gateway(Start start, Process process, Duration startTook) {
        this.start = start;
        this.process = process;
        this.startTook = startTook;
    }

    /** A port that was free a moment ago. */
    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /**
     * Starts it and waits for its first answer.
     *
     * @param log where its output goes
     */
    static Gateway start(Start start, Path log) throws IOException, InterruptedException {
        var builder =
                new ProcessBuilder(start.command()).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(start.environment());
        long begun = System.nanoTime();
        var process = builder.start();
        while (!isReady(start)) {
            if (!process.isAlive() || System.nanoTime() - begun > PATIENCE.toNanos()) {
                process.destroyForcibly();
                throw new IOException(start.name() + " did not start: " + Files.readString(log));
            }
            TimeUnit.MILLISECONDS.sleep(2);
        }
        return new Gateway(start, process, Duration.ofNanos(System.nanoTime() - begun));
    }

    private static boolean isReady(Start start) throws InterruptedException {
        try {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + start.port() + start.health()))
                    .timeout(Duration.ofSeconds(2))
                    .build();
            return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() < SERVER_ERROR;
        } catch (IOException _) {
            return false;
        }
    }

    String name() {
        return start.name();
    }

    int port() {
        return start.port();
    }

    /** From the start of the process to its first answer. */
    Duration startTook() {
        return startTook;
    }

    ProcessHandle process() {
        return process.toHandle();
    }

    @Override
    public void close() {
        var descendants = process.descendants().toList();
        process.destroy();
        process.onExit().completeOnTimeout(process, 10, TimeUnit.SECONDS).join();
        descendants.forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}

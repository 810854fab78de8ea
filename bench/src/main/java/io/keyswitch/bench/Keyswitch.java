package io.keyswitch.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** {@code ./keyswitch serve} as a process, and calls of its functions as any user. */
final class Keyswitch implements AutoCloseable {
    private static final String PROJECT = "bench";
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Gateway.Start start;
    private final Path log;
    private Gateway running;

    /**
     * Starts it.
     *
     * @param settings beside those of the server and of emulator tokens
     */
    Keyswitch(Path launcher, Path directory, String settings, Map<String, String> environment)
            throws IOException, InterruptedException {
        int port = Gateway.freePort();
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("keyswitch.yaml"), """
                server: {port: %d}
                auth: {firebase: {projectId: %s, emulatorTokens: true}}
                limits:
                  requestsPerMinute: 100000000
                  requestsPerMinutePerAddress: 100000000
                  projectKeyMessagesPerDay: 1000000
                  concurrentCompletions: 2000
                  messageCharactersPerDay: 1000000000
                """.formatted(port, PROJECT) + settings);
        this.start = new Gateway.Start(
                "Keyswitch",
                List.of(
                        launcher.toString(),
                        "serve",
                        "--config",
                        directory.resolve("keyswitch.yaml").toString()),
                environment,
                port,
                "/healthz");
        this.log = directory.resolve("log");
        this.running = Gateway.start(start, log);
    }

    /** Stops it and starts it again. @return how long the start took until the first answer */
    Duration restart() throws IOException, InterruptedException {
        running.close();
        running = Gateway.start(start, log);
        return startTook();
    }

    /** From the last start of the process to its first answer. */
    Duration startTook() {
        return running.startTook();
    }

    ProcessHandle process() {
        return running.process();
    }

    int port() {
        return start.port();
    }

    String url() {
        return "http://127.0.0.1:" + port();
    }

    /** Calls a function that must succeed. @return the body of the answer */
    String call(String user, String function, String data) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(url() + "/" + function))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + idToken(user))
                .POST(HttpRequest.BodyPublishers.ofString("{\"data\":" + data + "}"))
                .build();
        var answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(function + " answered " + answer.statusCode() + " " + answer.body());
        }
        return answer.body();
    }

    /** What the Firebase emulator issues: unsigned, and accepted because of the settings. */
    static String idToken(String user) {
        long now = Instant.now().getEpochSecond();
        return base64("{\"alg\":\"none\",\"typ\":\"JWT\"}") + "."
                + base64("""
                        {"iss":"https://securetoken.google.com/%1$s","aud":"%1$s","sub":"%2$s","iat":%3$d,"auth_time":%3$d,"exp":%4$d}""".formatted(PROJECT, user, now, now + 3600))
                + ".";
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        running.close();
    }
}

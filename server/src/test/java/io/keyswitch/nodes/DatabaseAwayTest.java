package io.keyswitch.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.core.Json;
import io.keyswitch.testing.CallStream;
import io.keyswitch.testing.FakeProvider;
import io.keyswitch.testing.TestApp;
import io.keyswitch.testing.TestDatabase;
import io.keyswitch.testing.Tokens;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** While PostgreSQL is away, nothing is acknowledged and no stored key is used; when it is back, everything goes on. */
@Timeout(300)
class DatabaseAwayTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    /** How long a server may take to answer before it counts as away, and a little for what is around it. */
    private static final Duration HANGING = Duration.ofSeconds(15);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path data;

    private final CountDownLatch goOn = new CountDownLatch(1);

    private EmbeddedPostgres start(int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setPort(port)
                .start();
    }

    private void answer(FakeProvider.Seen request, FakeProvider.Connection out)
            throws IOException, InterruptedException {
        if (request.method().equals("GET")) {
            out.json(200, "{\"data\":[{\"id\":\"m-1\"}]}");
            return;
        }
        out.stream().write("data: {\"choices\":[{\"delta\":{\"content\":\"first \"}}]}\n\n");
        if (request.body().contains("slowly")) {
            while (!goOn.await(100, TimeUnit.MILLISECONDS)) {
                out.write(": waiting\n\n");
            }
        }
        out.write("data: {\"choices\":[{\"delta\":{\"content\":\"second\"}}]}\n\n")
                .write("data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n");
    }

    private static HttpRequest.Builder completion(TestApp app, String content) {
        var body = Map.of(
                "model", "default", "stream", true, "messages", List.of(Map.of("role", "user", "content", content)));
        return HttpRequest.newBuilder(URI.create(app.url() + "/v1/chat/completions"))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + Tokens.emulator("alice"))
                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.bytes(body)));
    }

    private static HttpResponse<String> complete(TestApp app) {
        return TestApp.send(completion(app, "at once").build());
    }

    private static HttpResponse<String> ready(TestApp app) {
        return TestApp.send(
                HttpRequest.newBuilder(URI.create(app.url() + "/readyz")).build());
    }

    private static HttpResponse<String> say(TestApp app, String text) {
        var message = Map.of("threadId", "t", "message", text, "clientMessageId", text.replace(' ', '-'));
        return app.post("sendChatMessage", message, "alice");
    }

    /** A server on a database whose user has a key of their own and has used it. */
    private static TestApp inUse(EmbeddedPostgres server, FakeProvider provider) {
        TestDatabase.createUser(server);
        var app = TestApp.startOn(
                TestDatabase.on(server),
                "  fake: {baseUrl: '%s/v1', defaultModel: m-1, check: {get: /models}}\n".formatted(provider.baseUrl()));
        app.call(
                "updateUserModelConfig",
                Map.of("provider", "fake", "modelId", "m-1", "apiKey", "the-key-1a2b"),
                "alice");
        assertThat(say(app, "before").statusCode()).isEqualTo(200);
        assertThat(complete(app).statusCode()).isEqualTo(200);
        return app;
    }

    @Test
    void requestsFailWithARetryableErrorUntilTheDatabaseIsBack() throws Exception {
        var server = start(0);
        int port = server.getPort();
        try (var provider = FakeProvider.answering(this::answer);
                var app = inUse(server, provider)) {
            try (var running = new CallStream(completion(app, "slowly"))) {
                assertThat(running.nextData()).contains("first ");

                server.close();
                assertAway(app);
                // It has begun with a key that was valid, and nobody can have revoked that meanwhile.
                goOn.countDown();
                assertThat(running.nextData()).contains("second");
            }

            try (var _ = start(port)) {
                assertBack(app);
            }
        }
    }

    /** A server that is reached and answers nothing: its processes are stopped, and go on afterwards. */
    @Test
    void aDatabaseThatHangsIsAwayUntilItAnswersAgain() throws Exception {
        var server = start(0);
        try (var provider = FakeProvider.answering(this::answer);
                var app = inUse(server, provider)) {
            signal("STOP");
            try {
                assertThat(secondsUntilRefused(() -> say(app, "unanswered"))).isLessThan(HANGING);
                assertThat(secondsUntilRefused(() -> complete(app))).isLessThan(HANGING);
                assertThat(ready(app).statusCode()).isEqualTo(503);
            } finally {
                signal("CONT");
            }
            assertBack(app);
        } finally {
            server.close();
        }
    }

    private static Duration secondsUntilRefused(Supplier<HttpResponse<String>> request) {
        long begun = System.nanoTime();
        var answer = request.get();
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    private void signal(String signal) throws Exception {
        long postmaster = Long.parseLong(
                Files.readAllLines(data.resolve("postmaster.pid")).getFirst());
        // The first one starts no others when it is stopped; of those that have ended meanwhile, nothing is left to
        // stop.
        kill(signal, postmaster);
        ProcessHandle.of(postmaster).orElseThrow().children().forEach(child -> kill(signal, child.pid()));
    }

    private static void kill(String signal, long process) {
        try {
            new ProcessBuilder("kill", "-" + signal, Long.toString(process))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static void assertAway(TestApp app) {
        long begun = System.nanoTime();
        var refused = complete(app);
        while (refused.statusCode() == 200) {
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(1));
            refused = complete(app);
        }
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(refused.body()).doesNotContain("jdbc").doesNotContain("localhost");

        var unsaid = say(app, "meanwhile");
        assertThat(unsaid.statusCode()).isEqualTo(503);
        assertThat(unsaid.headers().firstValue("Retry-After")).hasValue("1");
        var details = TestApp.parse(unsaid.body()).path("error").path("details");
        assertThat(details.path("reason").stringValue()).isEqualTo("database");
        assertThat(details.path("retryable").booleanValue()).isTrue();
        assertThat(ready(app).statusCode()).isEqualTo(503);
        assertThat(TestApp.send(HttpRequest.newBuilder(URI.create(app.url() + "/healthz"))
                                .build())
                        .statusCode())
                .isEqualTo(200);
    }

    private static void assertBack(TestApp app) {
        long begun = System.nanoTime();
        while (say(app, "meanwhile").statusCode() != 200 || ready(app).statusCode() != 200) {
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(SOON);
        }
        assertThat(complete(app).statusCode()).isEqualTo(200);
        assertThat(app.call("getThread", Map.of("threadId", "t"), "alice")
                        .path("messages")
                        .valueStream()
                        .map(message -> message.path("content").stringValue()))
                .containsExactly("before", "first second", "meanwhile", "first second");
    }
}

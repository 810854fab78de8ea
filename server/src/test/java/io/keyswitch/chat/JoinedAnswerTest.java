package io.keyswitch.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.testing.FakeProvider;
import io.keyswitch.testing.TestApp;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** An answer goes on without its reader, and is joined instead of asked for again, until its user stops it. */
@Tag("database")
@Timeout(90)
class JoinedAnswerTest {
    private static final Map<String, String> MESSAGE =
            Map.of("threadId", "t", "message", "hi", "clientMessageId", "c-1");
    private static final Map<String, String> STOP = Map.of("threadId", "t", "clientMessageId", "c-1");

    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicBoolean failing = new AtomicBoolean();
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final FakeProvider provider = FakeProvider.answering(this::answer);
    private final TestApp app = TestApp.start(
            "  fake: {baseUrl: '%s/v1', defaultModel: m-1, check: {get: /models}}\n".formatted(provider.baseUrl()));

    private void answer(FakeProvider.Seen request, FakeProvider.Connection out)
            throws IOException, InterruptedException {
        if (request.method().equals("GET")) {
            out.json(200, "{\"data\":[{\"id\":\"m-1\"}]}");
            return;
        }
        asked.incrementAndGet();
        if (failing.get()) {
            out.json(500, "{}");
            return;
        }
        out.stream().write("data: {\"choices\":[{\"delta\":{\"content\":\"first \"}}]}\n\n");
        goOn.await();
        out.write("data: {\"choices\":[{\"delta\":{\"content\":\"second\"}}]}\n\n")
                .write("data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n");
    }

    /** A streaming call that has received the first words. */
    private final class Stream implements AutoCloseable {
        private final HttpClient client = HttpClient.newHttpClient();
        private final BufferedReader lines;

        private Stream() throws IOException, InterruptedException {
            var request = app.request("sendChatMessage", MESSAGE, "alice")
                    .header("Accept", "text/event-stream")
                    .build();
            HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
            assertThat(next().path("message").path("delta").stringValue()).isEqualTo("first ");
        }

        private JsonNode next() throws IOException {
            var line = lines.readLine();
            assertThat(lines.readLine()).isEmpty();
            return TestApp.parse(line.substring("data: ".length()));
        }

        /** Disconnects. */
        @Override
        public void close() {
            client.shutdownNow();
        }
    }

    @BeforeEach
    void chooseModel() {
        app.call(
                "updateUserModelConfig",
                Map.of("provider", "fake", "modelId", "m-1", "apiKey", "the-key-1a2b"),
                "alice");
    }

    @AfterEach
    void close() {
        goOn.countDown();
        app.close();
        provider.close();
    }

    private static String content(JsonNode result) {
        return result.path("message").path("content").stringValue();
    }

    private JsonNode stored() {
        return app.call("getThread", Map.of("threadId", "t"), "alice").path("messages");
    }

    @Test
    void aMessageSentAgainAfterADisconnectJoinsItsAnswer() throws Exception {
        try (var _ = new Stream()) {}
        try (var again = new Stream()) {
            goOn.countDown();
            assertThat(again.next().path("message").path("delta").stringValue()).isEqualTo("second");
            assertThat(content(again.next().path("result"))).isEqualTo("first second");
        }
        assertThat(asked).hasValue(1);
        assertThat(stored()).hasSize(2);
        assertThat(stored().path(1).path("status").stringValue()).isEqualTo("complete");
    }

    @Test
    void twoReadersReadOneAnswerWithAndWithoutStreaming() throws Exception {
        try (var first = new Stream()) {
            var second = CompletableFuture.supplyAsync(() -> app.call("sendChatMessage", MESSAGE, "alice"));
            goOn.countDown();
            assertThat(first.next().path("message").path("delta").stringValue()).isEqualTo("second");
            assertThat(second.get()).isEqualTo(first.next().path("result"));
        }
        assertThat(asked).hasValue(1);
    }

    /** Without an idempotency key nobody can join the answer. */
    @ParameterizedTest
    @ValueSource(strings = {"text/event-stream", "application/json"})
    void aMessageWithoutAnIdEndsWithItsClient(String accept) throws Exception {
        var request = app.request("sendChatMessage", Map.of("threadId", "t", "message", "hi"), "alice")
                .header("Accept", accept)
                .build();
        var client = HttpClient.newHttpClient();
        var response = client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
        while (asked.get() == 0) {
            Thread.onSpinWait();
        }
        client.shutdownNow();
        assertThat(response).failsWithin(5, TimeUnit.SECONDS);
        while (stored().path(0).path("status").stringValue().equals("streaming")) {
            Thread.onSpinWait();
        }
        assertThat(stored().path(0).path("status").stringValue()).isEqualTo("incomplete");
    }

    @Test
    void anAnswerEndsWhenItsUserStopsIt() throws Exception {
        try (var stream = new Stream()) {
            app.call("stopAnswer", STOP, "mallory");
            app.call("stopAnswer", Map.of("threadId", "t", "clientMessageId", "c-2"), "alice");
            assertThat(stored().path(0).path("status").stringValue()).isEqualTo("streaming");

            app.call("stopAnswer", STOP, "alice");
            assertThat(stored().path(1).path("content").stringValue()).isEqualTo("first ");
            assertThat(stored().path(1).path("status").stringValue()).isEqualTo("incomplete");
            var details = stream.next().path("error").path("details");
            assertThat(details.path("reason").stringValue()).isEqualTo("answer_cancelled");
            assertThat(details.path("incomplete").booleanValue()).isTrue();
        }
        goOn.countDown();
        assertThat(content(app.call("sendChatMessage", MESSAGE, "alice"))).isEqualTo("first second");
        assertThat(asked).hasValue(2);
        app.call("stopAnswer", STOP, "alice");
        assertThat(stored().path(1).path("status").stringValue()).isEqualTo("complete");
    }

    /** Each attempt is told of its own failure, and holds nothing when the next one begins. */
    @Test
    void aMessageSentAgainAfterAFailureIsAskedAgain() {
        app.restart(Map.of("KEYSWITCH_LIMITS_CONCURRENT_COMPLETIONS", "1"));
        for (int i = 1; i <= 100; i++) {
            failing.set(true);
            var failed = app.fail("sendChatMessage", MESSAGE, "alice");
            assertThat(failed.path("details").path("reason").stringValue()).isEqualTo("server_error");
            assertThat(asked).hasValue(i);
        }
    }

    @Test
    void aServerThatStopsLetsAnAnswerWithoutReadersEnd() throws Exception {
        try (var _ = new Stream()) {}
        try (var idle = new Socket(InetAddress.getLoopbackAddress(), app.port())) {
            var stopping = CompletableFuture.runAsync(() -> {
                awaitEnd(idle);
                awaitRefused();
                goOn.countDown();
            });
            app.restartAfter(stopping::join);
        }
        assertThat(content(app.call("sendChatMessage", MESSAGE, "alice"))).isEqualTo("first second");
        assertThat(asked).hasValue(1);
    }

    /** It also accepts no new ones: whoever asks whether it is ready is refused. */
    private void awaitRefused() {
        long begun = System.nanoTime();
        while (isAccepting()) {
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(1));
        }
    }

    private boolean isAccepting() {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), app.port())) {
            return socket.isConnected();
        } catch (IOException _) {
            return false;
        }
    }

    /** A server that begins to stop closes its idle connections. */
    private static void awaitEnd(Socket idle) {
        try {
            assertThat(idle.getInputStream().read()).isEqualTo(-1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

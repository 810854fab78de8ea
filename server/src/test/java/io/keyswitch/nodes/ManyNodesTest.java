package io.keyswitch.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.core.Json;
import io.keyswitch.testing.CallStream;
import io.keyswitch.testing.FakeProvider;
import io.keyswitch.testing.TestApp;
import io.keyswitch.testing.Tokens;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Two servers on one PostgreSQL database are like one: what happens on one is in force on the other within a second. */
@Timeout(180)
class ManyNodesTest {
    private static final Map<String, String> MESSAGE =
            Map.of("threadId", "t", "message", "hi", "clientMessageId", "c-1");
    private static final Map<String, String> STOP = Map.of("threadId", "t", "clientMessageId", "c-1");
    private static final Duration PROMISED = Duration.ofSeconds(1);

    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final FakeProvider provider = FakeProvider.answering(this::answer);
    private final TestApp first = TestApp.startOnPostgresql(
            "  fake: {baseUrl: '%s/v1', defaultModel: m-1, check: {get: /models}}\n".formatted(provider.baseUrl()));
    private final TestApp second = first.another();

    /** Answers two words, the second one when the test allows it; a request for one word is answered at once. */
    private void answer(FakeProvider.Seen request, FakeProvider.Connection out)
            throws IOException, InterruptedException {
        if (request.method().equals("GET")) {
            out.json(200, "{\"data\":[{\"id\":\"m-1\"},{\"id\":\"m-2\"}]}");
            return;
        }
        asked.incrementAndGet();
        out.stream().write("data: {\"choices\":[{\"delta\":{\"content\":\"first \"}}]}\n\n");
        if (!request.body().contains("at once")) {
            awaitGoOn(out);
        }
        out.write("data: {\"choices\":[{\"delta\":{\"content\":\"second\"}}]}\n\n")
                .write("data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n");
    }

    private void awaitGoOn(FakeProvider.Connection out) throws IOException, InterruptedException {
        try {
            while (!goOn.await(50, java.util.concurrent.TimeUnit.MILLISECONDS)) {
                out.write(": waiting\n\n");
            }
        } catch (IOException e) {
            ended.incrementAndGet();
            throw e;
        }
    }

    @BeforeEach
    void chooseModel() {
        first.call("updateUserModelConfig", config("m-1", "the-key-1a2b"), "alice");
    }

    private static Map<String, String> config(String model, String key) {
        return Map.of("provider", "fake", "modelId", model, "apiKey", key);
    }

    @AfterEach
    void close() {
        goOn.countDown();
        second.close();
        first.close();
        provider.close();
    }

    private static CallStream stream(TestApp node) throws Exception {
        var stream = new CallStream(node.request("sendChatMessage", MESSAGE, "alice"));
        assertThat(stream.delta()).isEqualTo("first ");
        return stream;
    }

    private static HttpRequest.Builder completion(TestApp node, String token, String content, boolean stream) {
        var body = Map.of(
                "model", "default", "stream", stream, "messages", List.of(Map.of("role", "user", "content", content)));
        return HttpRequest.newBuilder(URI.create(node.url() + "/v1/chat/completions"))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.bytes(body)));
    }

    private static int status(TestApp node, String token) {
        return TestApp.send(completion(node, token, "at once", true).build()).statusCode();
    }

    private static String content(JsonNode result) {
        return result.path("message").path("content").stringValue();
    }

    private static JsonNode stored(TestApp node) {
        return node.call("getThread", Map.of("threadId", "t"), "alice").path("messages");
    }

    /** Waits for what is promised within a second; sends a request on and on meanwhile, as a busy client would. */
    private static void assertInForceInTime(BooleanSupplier inForce) {
        long begun = System.nanoTime();
        while (!inForce.getAsBoolean()) {
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(PROMISED);
        }
    }

    @Test
    void aDeletedKeyIsNotUsedByAnotherNodeASecondLater() {
        var token = Tokens.emulator("alice");
        assertThat(status(second, token)).isEqualTo(200);
        first.call("deleteApiKey", Map.of("provider", "fake"), "alice");
        assertInForceInTime(() -> status(second, token) != 200);
        assertThat(second.call("listApiKeys", Map.of(), "alice").path("keys")).isEmpty();
    }

    @Test
    void aChangedModelIsUsedByAnotherNodesNextMessage() {
        second.call("sendChatMessage", Map.of("threadId", "t", "message", "at once"), "alice");
        first.call("updateUserModelConfig", Map.of("provider", "fake", "modelId", "m-2"), "alice");
        var answer = second.call("sendChatMessage", Map.of("threadId", "t", "message", "at once"), "alice");
        assertThat(answer.path("servedBy").path("modelId").stringValue()).isEqualTo("m-2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"deleted", "replaced"})
    void streamsOfAnotherNodeWithAKeyThatIsGoneEndWithinASecond(String fate) throws Exception {
        try (var chat = stream(second);
                var completion = new CallStream(completion(second, Tokens.emulator("alice"), "hi", true))) {
            assertThat(completion.nextData()).contains("first ");
            if (fate.equals("deleted")) {
                first.call("deleteApiKey", Map.of("provider", "fake"), "alice");
            } else {
                first.call("updateUserModelConfig", config("m-1", "another-key-3c4d"), "alice");
            }
            long begun = System.nanoTime();
            assertThat(chat.next().path("error").path("details").path("reason").stringValue())
                    .isEqualTo("key_deleted");
            assertThat(completion.nextData()).contains("key_deleted");
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(PROMISED);
        }
    }

    @Test
    void aStreamGoesOnWhenOnlyOtherThingsChange() throws Exception {
        try (var stream = stream(second)) {
            first.call("updateUserModelConfig", Map.of("provider", "fake", "modelId", "m-2"), "alice");
            first.call("saveApiKey", Map.of("provider", "openai", "apiKey", "sk-an-openai-key-5e6f"), "alice");
            first.call("deleteApiKey", Map.of("provider", "openai"), "alice");
            Thread.sleep(PROMISED);
            goOn.countDown();
            assertThat(stream.delta()).isEqualTo("second");
        }
    }

    @Test
    void aRevokedTokenIsRefusedByAnotherNodeASecondLaterAndItsStreamsEnd() throws Exception {
        var created = first.call("createPersonalToken", Map.of("name", "laptop"), "alice");
        var token = created.path("token").stringValue();
        assertThat(status(second, token)).isEqualTo(200);
        try (var stream = new CallStream(completion(second, token, "hi", true))) {
            assertThat(stream.nextData()).contains("first ");
            first.call("revokePersonalToken", Map.of("id", created.path("id").stringValue()), "alice");
            long begun = System.nanoTime();
            assertThat(stream.nextData()).contains("invalid");
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(PROMISED);
            assertInForceInTime(() -> status(second, token) == 401);
        }
    }

    @Test
    void theLimitOfTokensHoldsForAllNodes() {
        IntStream.range(0, 98).forEach(i -> first.call("createPersonalToken", Map.of("name", "token " + i), "alice"));
        var results = IntStream.range(0, 12)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> (i % 2 == 0 ? first : second)
                        .post("createPersonalToken", Map.of("name", "late " + i), "alice")
                        .statusCode()))
                .toList();
        assertThat(results.stream().map(CompletableFuture::join).filter(status -> status == 200))
                .hasSize(2);
    }

    @Test
    void aMessageSentAgainToAnotherNodeIsNotAskedAgain() {
        var at = Map.of("threadId", "t", "message", "at once", "clientMessageId", "c-1");
        var answer = first.call("sendChatMessage", at, "alice");
        assertThat(second.call("sendChatMessage", at, "alice").path("message")).isEqualTo(answer.path("message"));
        assertThat(asked).hasValue(1);
        assertThat(stored(second)).hasSize(2);
    }

    @Test
    void oneMessageSentToAllNodesAtTheSameTimeIsStoredAndAskedOnce() {
        for (int round = 0; round < 10; round++) {
            var message = Map.of("threadId", "t", "message", "at once " + round, "clientMessageId", "c-" + round);
            var answers = IntStream.range(0, 8)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> (i % 2 == 0 ? first : second).call("sendChatMessage", message, "alice")))
                    .toList();
            answers.forEach(answer -> assertThat(content(answer.join())).isEqualTo("first second"));
            assertThat(asked).hasValue(round + 1);
        }
        assertThat(stored(first)).hasSize(20);
    }

    @Test
    void anAnswerIsJoinedOnAnotherNode() throws Exception {
        try (var there = stream(first);
                var here = stream(second)) {
            goOn.countDown();
            assertThat(here.delta()).isEqualTo("second");
            assertThat(there.delta()).isEqualTo("second");
            assertThat(here.next().path("result")).isEqualTo(there.next().path("result"));
        }
        assertThat(asked).hasValue(1);
        assertThat(stored(second)).hasSize(2);
    }

    @Test
    void anAnswerIsStoppedFromAnotherNode() throws Exception {
        try (var stream = stream(first)) {
            second.call("stopAnswer", STOP, "alice");
            assertThat(stored(second).path(1).path("content").stringValue()).isEqualTo("first ");
            assertThat(stored(second).path(1).path("status").stringValue()).isEqualTo("incomplete");
            assertThat(stream.next()
                            .path("error")
                            .path("details")
                            .path("reason")
                            .stringValue())
                    .isEqualTo("answer_cancelled");
        }
        while (ended.get() == 0) {
            Thread.onSpinWait();
        }
    }

    @Test
    void deletingAThreadOnAnotherNodeEndsItsAnswerAndLeavesNothing() throws Exception {
        try (var stream = stream(first)) {
            second.call("deleteThread", Map.of("threadId", "t"), "alice");
            assertThat(stream.next()
                            .path("error")
                            .path("details")
                            .path("reason")
                            .stringValue())
                    .isEqualTo("thread_deleted");
        }
        try (var connection = first.data().connect();
                var left = connection.createStatement().executeQuery("SELECT count(*) FROM message")) {
            assertThat(left.next()).isTrue();
            assertThat(left.getInt(1)).isZero();
        }
    }

    @Test
    void aQuestionAskedOnOneNodeIsAnsweredOnAnother() {
        assertThat(first.chat("bob", "t", "I want to change my model")).contains("provider");
        assertThat(second.chat("bob", "t", "fake")).containsIgnoringCase("model");
        assertThat(first.chat("bob", "t", "m-2")).containsIgnoringCase("key");
        assertThat(second.chat("bob", "t", "bobs-own-key-9z8y")).startsWith("Done.");
        assertThat(first.call("getUserModelConfig", Map.of(), "bob")
                        .path("modelId")
                        .stringValue())
                .isEqualTo("m-2");
    }

    /** Each answer is taken for the question that was open when it was read, and each message is stored once. */
    @Test
    void answersGivenOnAllNodesAtTheSameTimeDoNotMixUpTheFlow() {
        for (int round = 0; round < 10; round++) {
            var thread = "t" + round;
            first.chat("bob", thread, "I want to change my model");
            var replies = IntStream.range(0, 4)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> (i % 2 == 0 ? first : second).chat("bob", thread, i < 2 ? "fake" : "cancel")))
                    .toList();
            replies.forEach(reply -> assertThat(reply.join()).isNotBlank());
            var messages =
                    first.call("getThread", Map.of("threadId", thread), "bob").path("messages");
            assertThat(messages).hasSizeGreaterThanOrEqualTo(2);
            assertThat(messages.valueStream()
                            .map(message -> message.path("role").stringValue()))
                    .satisfies(roles -> assertThat(IntStream.range(0, roles.size())
                                    .allMatch(i -> roles.get(i).equals(i % 2 == 0 ? "user" : "assistant")))
                            .isTrue());
        }
    }
}

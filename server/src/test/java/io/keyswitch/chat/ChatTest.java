package io.keyswitch.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keyswitch.core.ThreadId;
import io.keyswitch.core.ThreadRef;
import io.keyswitch.core.UserId;
import io.keyswitch.sql.Regularly;
import io.keyswitch.testing.FakeProvider;
import io.keyswitch.testing.TestApp;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@Tag("database")
@Timeout(180)
class ChatTest {
    private static final String ONLY_ONCE =
            "{\"choices\":[{\"message\":{\"content\":\"only once\"},\"finish_reason\":\"stop\"}]}";

    private final TestApp app = TestApp.start();

    /** The registry entry of a scripted provider. */
    private static String fake(FakeProvider provider) {
        return "  fake: {displayName: Fake, baseUrl: \"%s\", defaultModel: m-1, check: {get: /models}}\n"
                .formatted(provider.baseUrl());
    }

    @AfterEach
    void close() {
        app.close();
    }

    private void useModel(String provider, String model) {
        app.call(
                "updateUserModelConfig",
                Map.of(
                        "provider",
                        provider,
                        "modelId",
                        model,
                        "apiKey",
                        "own-key-1234",
                        "accountId",
                        "0123456789abcdef0123456789abcdef"),
                "alice");
    }

    private List<JsonNode> messages(String thread) {
        return app.call("getThread", Map.of("threadId", thread), "alice")
                .path("messages")
                .valueStream()
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"groq", "openai", "anthropic", "gemini", "cloudflare"})
    void aMessageIsSentToTheUsersModelWithTheConversationHistory(String provider) {
        useModel(provider, "sim-echo");
        assertThat(app.chat("alice", "t", "first ✓ \"quoted\"")).isEqualTo("first ✓ \"quoted\"");
        useModel(provider, "sim-history");
        var heard = TestApp.parse(app.chat("alice", "t", "second"));
        var texts = heard.valueStream()
                .map(entry -> entry.path("text").stringValue())
                .toList();
        assertThat(texts.getFirst()).contains("LUMARA");
        assertThat(texts.subList(1, texts.size()))
                .containsExactly("first ✓ \"quoted\"", "first ✓ \"quoted\"", "second");
    }

    @Test
    void messagesOfTheModelChangeFlowAreNotSentToTheModel() {
        app.chat("alice", "t", "which model am I using?");
        useModel("groq", "sim-history");
        assertThat(app.chat("alice", "t", "hi")).doesNotContain("am I using").doesNotContain("Your chat uses");
    }

    @ParameterizedTest
    @CsvSource({
        "groq, sim-rate-limited, RESOURCE_EXHAUSTED, rate_limited",
        "openai, sim-overloaded, UNAVAILABLE, overloaded",
        "anthropic, sim-overloaded, UNAVAILABLE, overloaded",
        "gemini, sim-overloaded, UNAVAILABLE, overloaded",
        "anthropic, sim-rate-limited, RESOURCE_EXHAUSTED, rate_limited",
        "gemini, sim-rate-limited, RESOURCE_EXHAUSTED, rate_limited",
        "cloudflare, sim-rate-limited, RESOURCE_EXHAUSTED, rate_limited",
        "openai, sim-server-error, UNAVAILABLE, server_error",
        "openai, sim-context-too-long, INVALID_ARGUMENT, context_too_long",
        "anthropic, sim-context-too-long, INVALID_ARGUMENT, context_too_long",
        "gemini, sim-context-too-long, INVALID_ARGUMENT, context_too_long",
        "openai, sim-blocked, INVALID_ARGUMENT, blocked",
        "anthropic, sim-blocked, INVALID_ARGUMENT, blocked",
        "gemini, sim-blocked, INVALID_ARGUMENT, blocked",
        "groq, sim-empty, UNAVAILABLE, empty_answer",
        "anthropic, sim-empty, UNAVAILABLE, empty_answer",
        "gemini, sim-empty, UNAVAILABLE, empty_answer",
        "openai, no-such-model-1, FAILED_PRECONDITION, unknown_model",
        "anthropic, no-such-model-1, FAILED_PRECONDITION, unknown_model",
        "gemini, no-such-model-1, FAILED_PRECONDITION, unknown_model",
        "cloudflare, no-such-model-1, FAILED_PRECONDITION, unknown_model",
        "groq, sim-hang, DEADLINE_EXCEEDED, timed_out",
        "anthropic, sim-silent, DEADLINE_EXCEEDED, timed_out"
    })
    void aProviderFailureIsMappedToAStatusReasonAndOurOwnMessage(
            String provider, String model, String status, String reason) {
        useModel(provider, model);
        var error = app.fail("sendChatMessage", Map.of("threadId", "t", "message", "hello"), "alice");
        assertThat(error.path("status").stringValue()).isEqualTo(status);
        assertThat(error.path("details").path("reason").stringValue()).isEqualTo(reason);
        assertThat(error.path("message").stringValue()).endsWith(".").doesNotContain("simulator");
        assertThat(messages("t")).hasSize(1);
        assertThat(messages("t").getFirst().path("status").stringValue()).isEqualTo("incomplete");
    }

    @ParameterizedTest
    @ValueSource(strings = {"groq", "openai", "anthropic", "gemini", "cloudflare"})
    void aPartialAnswerIsStoredAsIncompleteWhenTheStreamFails(String provider) {
        for (var model : List.of("sim-cut-midstream", "sim-error-midstream")) {
            useModel(provider, model);
            var error = app.fail("sendChatMessage", Map.of("threadId", model, "message", "hello"), "alice");
            assertThat(error.path("details").path("incomplete").booleanValue()).isTrue();
            assertThat(error.path("message").stringValue())
                    .contains("The part of the answer that had arrived is kept.");
            var stored = messages(model);
            assertThat(stored).hasSize(2);
            assertThat(stored)
                    .allSatisfy(message ->
                            assertThat(message.path("status").stringValue()).isEqualTo("incomplete"));
            assertThat(stored.getLast().path("content").stringValue()).isNotBlank();
        }
    }

    @Test
    void aRejectedOwnKeyIsReportedWithHowToReplaceIt() {
        try (var provider = FakeProvider.answering((request, out) -> {
                    if (request.method().equals("GET")) {
                        out.json(200, "{\"data\":[{\"id\":\"m-1\"}]}");
                    } else {
                        out.json(
                                401,
                                "{\"error\":{\"code\":\"invalid_api_key\",\"message\":\"Incorrect API key provided: own-key-1234\"}}");
                    }
                });
                var keyswitch = TestApp.start(fake(provider))) {
            keyswitch.call(
                    "updateUserModelConfig",
                    Map.of("provider", "fake", "modelId", "m-1", "apiKey", "own-key-1234"),
                    "alice");
            var error = keyswitch.fail("sendChatMessage", Map.of("threadId", "t", "message", "hello"), "alice");
            assertThat(error.toString())
                    .contains("Fake does not accept your API key")
                    .contains("change my model")
                    .doesNotContain("own-key");
        }
    }

    @Test
    void reasoningContentIsExcludedFromTheAnswer() {
        useModel("anthropic", "sim-thinking");
        assertThat(app.chat("alice", "t", "hello")).isNotBlank().doesNotContain("<think");
    }

    @Test
    void aNonStreamingAnswerIsStoredAfterItsClientDisconnects() throws Exception {
        var asked = new CountDownLatch(1);
        var hungUp = new CountDownLatch(1);
        try (var provider = FakeProvider.answering((request, out) -> {
                    if (request.method().equals("GET")) {
                        out.json(200, "{\"data\":[{\"id\":\"m-1\"}]}");
                        return;
                    }
                    asked.countDown();
                    hungUp.await();
                    out.json(200, ONLY_ONCE);
                });
                var keyswitch = TestApp.start(fake(provider));
                var client = HttpClient.newHttpClient()) {
            keyswitch.call(
                    "updateUserModelConfig",
                    Map.of("provider", "fake", "modelId", "m-1", "apiKey", "own-key-1234"),
                    "alice");
            var message = Map.of("threadId", "t", "message", "hello", "clientMessageId", "c1");
            var call = client.sendAsync(
                    keyswitch.request("sendChatMessage", message, "alice").build(), BodyHandlers.ofString());
            asked.await();
            call.cancel(true);
            hungUp.countDown();
            await().until(() ->
                    keyswitch.post("sendChatMessage", message, "alice").statusCode() != 409);
            var again = keyswitch.call("sendChatMessage", message, "alice");
            assertThat(again.path("message").path("content").stringValue()).isEqualTo("only once");
            assertThat(provider.seen().stream().filter(seen -> seen.method().equals("POST")))
                    .hasSize(1);
        }
    }

    @Test
    void aRepeatedClientMessageIdReturnsTheStoredAnswer() throws Exception {
        try (var provider = FakeProvider.answering(
                        (request, out) -> out.json(
                                200,
                                request.method().equals("GET")
                                        ? "{\"data\":[{\"id\":\"m-1\"}]}"
                                        : "{\"choices\":[{\"message\":{\"content\":\"only once\"},\"finish_reason\":\"stop\"}]}"));
                var keyswitch = TestApp.start(fake(provider))) {
            keyswitch.call(
                    "updateUserModelConfig",
                    Map.of("provider", "fake", "modelId", "m-1", "apiKey", "own-key-1234"),
                    "alice");
            var message = Map.of("threadId", "t", "message", "hello", "clientMessageId", "c1");
            var first = keyswitch.call("sendChatMessage", message, "alice");
            var again = keyswitch.call("sendChatMessage", message, "alice");
            assertThat(again).isEqualTo(first);
            assertThat(provider.seen().stream().filter(seen -> seen.method().equals("POST")))
                    .hasSize(1);
            assertThat(keyswitch
                            .call("getThread", Map.of("threadId", "t"), "alice")
                            .path("messages")
                            .size())
                    .isEqualTo(2);
            var other = keyswitch.fail(
                    "sendChatMessage",
                    Map.of("threadId", "t", "message", "something else", "clientMessageId", "c1"),
                    "alice");
            assertThat(other.path("status").stringValue()).isEqualTo("INVALID_ARGUMENT");
            assertThat(keyswitch
                            .say("bob", "t", "which model am I using?")
                            .path("messageCount")
                            .intValue())
                    .isEqualTo(2);
        }
    }

    @Test
    void aFailedMessageIsAnsweredInItsPlaceAfterLaterMessages() throws Exception {
        var failing = new AtomicBoolean(true);
        try (var provider = FakeProvider.answering((request, out) -> {
                    if (!request.method().equals("POST")) {
                        out.json(200, "{\"data\":[]}");
                    } else if (failing.get()) {
                        out.json(401, "{}");
                    } else {
                        out.json(
                                200, "{\"choices\":[{\"message\":{\"content\":\"fine\"},\"finish_reason\":\"stop\"}]}");
                    }
                });
                var keyswitch = TestApp.start(fake(provider))) {
            failing.set(false);
            keyswitch.call(
                    "updateUserModelConfig",
                    Map.of("provider", "fake", "modelId", "m-1", "apiKey", "own-key-1234"),
                    "alice");
            var message = Map.of("threadId", "t", "message", "hello", "clientMessageId", "c1");
            failing.set(true);
            keyswitch.fail("sendChatMessage", message, "alice");
            failing.set(false);
            keyswitch.say("alice", "t", "and then");
            var asked = keyswitch
                    .call("getThread", Map.of("threadId", "t"), "alice")
                    .path("messages");
            assertThat(asked.path(0).path("status").stringValue()).isEqualTo("incomplete");
            assertThat(asked.path(0).path("clientMessageId").stringValue()).isEqualTo("c1");
            keyswitch.call("sendChatMessage", message, "alice");
            var messages = keyswitch
                    .call("getThread", Map.of("threadId", "t"), "alice")
                    .path("messages");
            assertThat(messages.valueStream().map(one -> one.path("content").stringValue()))
                    .containsExactly("hello", "fine", "and then", "fine");
            assertThat(provider.seen().getLast().body()).doesNotContain("and then");
        }
    }

    @Test
    void aFailedMessageCanBeRetriedUnderTheSameId() {
        useModel("groq", "sim-overloaded");
        var message = Map.of("threadId", "t", "message", "hello", "clientMessageId", "c1");
        app.fail("sendChatMessage", message, "alice");
        useModel("groq", "sim-echo");
        assertThat(app.call("sendChatMessage", message, "alice")
                        .path("messageCount")
                        .intValue())
                .isEqualTo(2);
        assertThat(messages("t").stream().map(one -> one.path("status").stringValue()))
                .containsExactly("complete", "complete");
    }

    @Test
    void anUnfinishedTurnIsMarkedIncompleteAtStartup() {
        useModel("groq", "sim-echo");
        app.chat("alice", "t", "hello");
        try (var database = app.data().open()) {
            var turns = new Turns(database, InstantSource.system(), "ended");
            turns.beginTurn(
                    new ThreadRef(new UserId("firebase/demo-keyswitch/alice"), new ThreadId("t")),
                    new Turns.Asked("lost?", null),
                    ServedBy.KEYSWITCH,
                    _ -> {});
        }
        app.restart();
        assertThat(messages("t").stream()
                        .map(one -> one.path("content").stringValue() + "/"
                                + one.path("status").stringValue()))
                .containsExactly("hello/complete", "hello/complete", "lost?/incomplete");
        app.chat("alice", "t", "after");
        assertThat(messages("t")).hasSize(5);
    }

    @Test
    void theHistorySentToTheModelIsBoundedForLongThreads() {
        var user = new UserId("firebase/demo-keyswitch/alice");
        try (var database = app.data().open()) {
            var turns = new Turns(database, InstantSource.system(), "another");
            var nodes = new Nodes(database, turns, "another");
            try (var _ = Regularly.run("beats", Nodes.INTERVAL, nodes::beat)) {
                nodes.beat();
                for (var thread : List.of("short", "long")) {
                    int count = thread.equals("short") ? 250 : 1500;
                    java.util.stream.IntStream.range(0, count)
                            .parallel()
                            .forEach(_ -> addTurn(turns, new ThreadRef(user, new ThreadId(thread))));
                }
            }
        }
        useModel("groq", "sim-history");
        var fromShort = TestApp.parse(app.chat("alice", "short", "and now?"));
        var fromLong = TestApp.parse(app.chat("alice", "long", "and now?"));
        assertThat(fromLong.size()).isEqualTo(fromShort.size()).isLessThan(402);
        var characters = fromLong.valueStream()
                .mapToInt(entry -> entry.path("text").stringValue().length())
                .sum();
        assertThat(characters).isLessThan(65_000);
        assertThat(fromLong.path(fromLong.size() - 1).path("text").stringValue())
                .isEqualTo("and now?");
    }

    private static void addTurn(Turns turns, ThreadRef thread) {
        var turn = turns.beginTurn(
                thread, new Turns.Asked("question " + "x".repeat(300), null), ServedBy.KEYSWITCH, _ -> {});
        var answer = new Turns.Outcome(StoredMessage.Status.COMPLETE, "answer " + "y".repeat(300));
        turns.endTurn(thread, turn.user(), answer);
    }

    @Test
    void threadsAreListedNewestFirstAndReadPageByPage() {
        useModel("groq", "sim-echo");
        for (int i = 0; i < 60; i++) {
            app.chat("alice", "t" + i, "thread number " + i);
        }
        var first = app.call("listThreads", Map.of(), "alice");
        assertThat(first.path("threads").size()).isEqualTo(50);
        assertThat(first.path("threads").path(0).path("threadId").stringValue()).isEqualTo("t59");
        assertThat(first.path("threads").path(0).path("title").stringValue()).isEqualTo("thread number 59");
        var second = app.call(
                "listThreads", Map.of("pageToken", first.path("nextPageToken").stringValue()), "alice");
        var ids = java.util.stream.Stream.concat(
                        first.path("threads").valueStream(),
                        second.path("threads").valueStream())
                .map(thread -> thread.path("threadId").stringValue())
                .collect(Collectors.toSet());
        assertThat(ids).hasSize(60);
        assertThat(second.has("nextPageToken")).isFalse();
        for (int i = 0; i < 60; i++) {
            app.chat("alice", "t0", "message " + i);
        }
        var page = app.call("getThread", Map.of("threadId", "t0"), "alice");
        assertThat(page.path("messages").size()).isEqualTo(100);
        var rest = app.call(
                "getThread",
                Map.of("threadId", "t0", "pageToken", page.path("nextPageToken").stringValue()),
                "alice");
        assertThat(rest.path("messages").size()).isEqualTo(22);
        assertThat(app.fail("getThread", Map.of("threadId", "t0", "pageToken", "forged"), "alice")
                        .path("status")
                        .stringValue())
                .isEqualTo("INVALID_ARGUMENT");
    }

    @Test
    void anotherUsersThreadCannotBeReadOrDeleted() {
        app.chat("alice", "t", "hello");
        var foreign = app.fail("getThread", Map.of("threadId", "t"), "bob");
        var missing = app.fail("getThread", Map.of("threadId", "nothing"), "bob");
        assertThat(foreign).isEqualTo(missing);
        assertThat(app.fail("deleteThread", Map.of("threadId", "t"), "bob")).isEqualTo(missing);
        assertThat(app.call("listThreads", Map.of(), "bob").path("threads").size())
                .isZero();
        assertThat(messages("t")).hasSize(2);
        app.call("deleteThread", Map.of("threadId", "t"), "alice");
        assertThat(app.fail("getThread", Map.of("threadId", "t"), "alice")).isEqualTo(missing);
    }

    @Test
    void concurrentMessagesAreSentWithTheKeyOfTheirOwnUser() throws Exception {
        try (var provider = FakeProvider.answering((request, out) -> {
                    var owner =
                            request.headers().getOrDefault("authorization", "").replaceAll(".*key-of-", "");
                    out.json(
                            200,
                            request.method().equals("GET")
                                    ? "{\"data\":[{\"id\":\"m-1\"}]}"
                                    : "{\"choices\":[{\"message\":{\"content\":\"" + owner
                                            + "\"},\"finish_reason\":\"stop\"}]}");
                });
                var keyswitch = TestApp.start(fake(provider));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var user : List.of("alice", "bob")) {
                keyswitch.call(
                        "updateUserModelConfig",
                        Map.of("provider", "fake", "modelId", "m-1", "apiKey", "the-key-of-" + user),
                        user);
            }
            var answers = java.util.stream.IntStream.range(0, 200)
                    .mapToObj(i -> i % 2 == 0 ? "alice" : "bob")
                    .map(user -> CompletableFuture.supplyAsync(
                            () -> {
                                var answer = keyswitch.post(
                                        "sendChatMessage",
                                        Map.of("threadId", "t" + Math.random(), "message", "who am I?"),
                                        user);
                                return TestApp.parse(answer.body())
                                        .path("result")
                                        .path("message")
                                        .path("content")
                                        .stringValue()
                                        .equals(user);
                            },
                            threads))
                    .toList();
            for (var answer : answers) {
                assertThat(answer.get(30, TimeUnit.SECONDS)).isTrue();
            }
        }
    }
}

package io.keyswitch.modelconfig;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.testing.FakeProvider;
import io.keyswitch.testing.TestApp;
import io.keyswitch.testing.Tokens;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** Deleting a key stops its use at once, in-flight answers and retries included. */
@Tag("database")
@Timeout(90)
class DeletedKeyTest {
    private static final String FIRST = "data: {\"choices\":[{\"delta\":{\"content\":\"one \"}}]}\n\n";

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch hungUp = new CountDownLatch(1);
    private volatile boolean refusing;

    private final FakeProvider provider = FakeProvider.answering((request, out) -> {
        if (request.method().equals("GET")) {
            out.json(200, "{\"data\":[]}");
            return;
        }
        asked.countDown();
        if (refusing) {
            out.json(503, "{}");
            return;
        }
        out.stream().write(FIRST);
        out.awaitHangUp();
        hungUp.countDown();
    });

    private final TestApp app = TestApp.start(
            "  slow: {baseUrl: '%s/v1', defaultModel: m-1, check: {get: /models}}\n".formatted(provider.baseUrl()),
            Map.of("KEYSWITCH_TIMEOUTS_RETRIES", "5s", "KEYSWITCH_TIMEOUTS_GAP", "20s"));

    DeletedKeyTest() {
        app.call(
                "updateUserModelConfig",
                Map.of("provider", "slow", "modelId", "m-1", "apiKey", "alices-key-1a2b"),
                "alice");
    }

    @AfterEach
    void close() {
        app.close();
        provider.close();
    }

    private CompletableFuture<JsonNode> chat() {
        return CompletableFuture.supplyAsync(
                () -> app.fail("sendChatMessage", Map.of("threadId", "t", "message", "hi"), "alice"));
    }

    private CompletableFuture<HttpResponse<String>> complete() {
        return complete(Tokens.emulator("alice"));
    }

    private CompletableFuture<HttpResponse<String>> complete(String token) {
        return CompletableFuture.supplyAsync(
                () -> TestApp.send(HttpRequest.newBuilder(URI.create(app.url() + "/v1/chat/completions"))
                        .header("Content-Type", "application/json")
                        .header("Authorization", "Bearer " + token)
                        .POST(HttpRequest.BodyPublishers.ofString(
                                "{\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}"))
                        .build()));
    }

    @Test
    void revokingAPersonalTokenCancelsItsInFlightRequests() throws Exception {
        var token = app.call("createPersonalToken", Map.of("name", "editor"), "alice");
        var revoked = complete(token.path("token").stringValue());
        assertThat(asked.await(5, TimeUnit.SECONDS)).isTrue();
        app.call("revokePersonalToken", Map.of("id", token.path("id").stringValue()), "alice");
        assertThat(revoked.get(5, TimeUnit.SECONDS).body()).contains("expired or revoked");
        assertThat(hungUp.await(5, TimeUnit.SECONDS)).isTrue();
        assertThat(complete(token.path("token").stringValue())
                        .get(5, TimeUnit.SECONDS)
                        .statusCode())
                .isEqualTo(401);
    }

    private void delete() throws InterruptedException {
        assertThat(asked.await(5, TimeUnit.SECONDS)).isTrue();
        app.call("deleteUserModelConfig", Map.of(), "alice");
    }

    @Test
    void deletingOrReplacingAnotherProvidersKeyLeavesAnswersAsTheyAre() throws Exception {
        var other = Map.of("provider", "openai", "apiKey", "alices-other-key-3c4d");
        app.call("saveApiKey", other, "alice");
        var answer = chat();
        var completion = complete();
        assertThat(asked.await(5, TimeUnit.SECONDS)).isTrue();
        app.call("saveApiKey", other, "alice");
        app.call("deleteApiKey", Map.of("provider", "openai"), "alice");
        app.call("deleteApiKey", Map.of("provider", "openai"), "alice");
        assertThat(hungUp.await(300, TimeUnit.MILLISECONDS)).isFalse();
        app.call("deleteApiKey", Map.of("provider", "slow"), "alice");
        assertThat(answer.get().path("details").path("reason").stringValue()).isEqualTo("key_deleted");
        assertThat(completion.get().body()).contains("deleted or changed");
    }

    @Test
    void deletingTheKeyCancelsAChatAnswerAndStoresItAsIncomplete() throws Exception {
        var answer = chat();
        delete();
        assertThat(hungUp.await(1, TimeUnit.SECONDS)).isTrue();
        assertThat(answer.get().path("details").path("reason").stringValue()).isEqualTo("key_deleted");
        assertThat(answer.get().path("message").stringValue())
                .contains("The part of the answer that had arrived is kept.");
        var last = app.call("getThread", Map.of("threadId", "t"), "alice")
                .path("messages")
                .path(1);
        assertThat(last.path("status").stringValue()).isEqualTo("incomplete");
    }

    @Test
    void deletingTheKeyCancelsAnInFlightOpenAiCompletion() throws Exception {
        var answer = complete();
        delete();
        assertThat(hungUp.await(1, TimeUnit.SECONDS)).isTrue();
        assertThat(answer.get().body()).contains("key_deleted").doesNotContain("[DONE]");
    }

    @Test
    void replacingAKeyCancelsInFlightAnswersOnTheOldOne() throws Exception {
        var answer = complete();
        assertThat(asked.await(5, TimeUnit.SECONDS)).isTrue();
        app.call(
                "updateUserModelConfig",
                Map.of("provider", "slow", "modelId", "m-1", "apiKey", "another-key-3c4d"),
                "alice");
        assertThat(hungUp.await(1, TimeUnit.SECONDS)).isTrue();
        assertThat(answer.get().body()).contains("key_deleted");
    }

    @Test
    void deletingTheKeyCancelsAScheduledRetry() throws Exception {
        refusing = true;
        var answer = chat();
        delete();
        assertThat(answer.get().path("details").path("reason").stringValue()).isEqualTo("key_deleted");
        long posts = posts();
        TimeUnit.MILLISECONDS.sleep(1500);
        assertThat(posts()).isEqualTo(posts);
    }

    private long posts() {
        return provider.seen().stream()
                .filter(request -> request.method().equals("POST"))
                .count();
    }

    @Test
    void answersOfOtherUsersContinueWhenAKeyIsDeleted() throws Exception {
        app.call(
                "updateUserModelConfig",
                Map.of("provider", "slow", "modelId", "m-1", "apiKey", "alices-key-1a2b"),
                "bob");
        var answer = complete();
        assertThat(asked.await(5, TimeUnit.SECONDS)).isTrue();
        app.call("deleteUserModelConfig", Map.of(), "bob");
        assertThat(hungUp.await(500, TimeUnit.MILLISECONDS)).isFalse();
        assertThat(answer.isDone()).isFalse();
        app.call("deleteUserModelConfig", Map.of(), "alice");
        assertThat(answer.get().body()).contains("key_deleted");
    }

    @Test
    void aKeyUnderCheckIsNotStoredAfterADeletionWasAcknowledged() throws Exception {
        var checked = new CountDownLatch(1);
        var deleted = new CountDownLatch(1);
        try (var slow = FakeProvider.answering((_, out) -> {
                    checked.countDown();
                    deleted.await();
                    out.json(200, "{\"data\":[]}");
                });
                var keyswitch = TestApp.start("  slow: {baseUrl: '%s/v1', defaultModel: m-1, check: {get: /models}}\n"
                        .formatted(slow.baseUrl()))) {
            var entered = Map.of("provider", "slow", "modelId", "m-1", "apiKey", "bobs-key-3c4d");
            var update = CompletableFuture.supplyAsync(() -> keyswitch.fail("updateUserModelConfig", entered, "bob"));
            checked.await();
            keyswitch.call("deleteUserModelConfig", Map.of(), "bob");
            deleted.countDown();
            assertThat(update.get(10, TimeUnit.SECONDS).toString()).contains("changed_meanwhile");
            assertThat(keyswitch.call("getUserModelConfig", Map.of(), "bob").isNull())
                    .isTrue();
            keyswitch.call("updateUserModelConfig", entered, "bob");
        }
    }
}

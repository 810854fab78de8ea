package io.keyswitch.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.testing.FakeProvider;
import io.keyswitch.testing.TestApp;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A slow key check does not lock the chat thread in which the key was sent. */
@Tag("database")
@Timeout(180)
class SlowKeyCheckTest {
    private static final Duration SOON = Duration.ofSeconds(2);

    private volatile CountDownLatch checking = new CountDownLatch(1);
    private volatile CountDownLatch answer = new CountDownLatch(1);
    private final FakeProvider provider = FakeProvider.answering((request, out) -> {
                if (request.method().equals("GET")) {
                    checking.countDown();
                    answer.await(30, TimeUnit.SECONDS);
                }
                out.json(
                        200,
                        request.method().equals("GET")
                                ? "{\"data\":[{\"id\":\"m-1\"}]}"
                                : "{\"choices\":[{\"message\":{\"content\":\"from the model\"},\"finish_reason\":\"stop\"}]}");
            })
            .unchecked();
    private final TestApp app = TestApp.start(
            "  slow: {baseUrl: '%s/v1', defaultModel: m-1, check: {get: /check}}\n".formatted(provider.baseUrl()));

    @AfterEach
    void close() {
        answer.countDown();
        app.close();
        provider.close();
    }

    private CompletableFuture<String> pasteKey(String key) throws InterruptedException {
        app.chat("alice", "t", "switch to slow, m-1");
        var pasted = CompletableFuture.supplyAsync(() -> app.chat("alice", "t", key));
        assertThat(checking.await(10, TimeUnit.SECONDS)).isTrue();
        return pasted;
    }

    private String timed(String message) {
        long before = System.nanoTime();
        var reply = app.chat("alice", "t", message);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).as(message).isLessThan(SOON);
        return reply;
    }

    @Test
    void cancellingTheFlowDuringAKeyCheckDiscardsTheKey() throws Exception {
        var pasted = pasteKey("any-own-key-000-1a2b");
        assertThat(timed("cancel")).contains("nothing was changed");
        answer.countDown();
        assertThat(pasted.get(20, TimeUnit.SECONDS)).contains("I did not ask for one");
        assertThat(app.call("getUserModelConfig", Map.of(), "alice").isNull()).isTrue();
    }

    /** Keys without a known format, alone or among other words. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "8JfH2kLmN0pQrStUvWxYz1234567bC3d",
                "mine: 8JfH2kLmN0pQrStUvWxYz1234567bC3d",
                "Xk9$mQ2#vL7!pR4z",
                "8JfH2kLm-N4pQ6rS8-tU0vW2xY"
            })
    void aKeyIsNotStoredOrSentToTheModelIfTheFlowChangesDuringItsCheck(String pasted) throws Exception {
        for (var meanwhile : List.of("cancel", "back", "delete the thread")) {
            checking = new CountDownLatch(1);
            answer = new CountDownLatch(1);
            app.chat("alice", "t", "switch to slow, m-1");
            var answered = CompletableFuture.supplyAsync(() -> app.chat("alice", "t", pasted));
            assertThat(checking.await(10, TimeUnit.SECONDS)).isTrue();
            if (meanwhile.startsWith("delete")) {
                app.call("deleteThread", Map.of("threadId", "t"), "alice");
            } else {
                timed(meanwhile);
            }
            answer.countDown();
            var reply = answered.get(20, TimeUnit.SECONDS);
            var stored = String.valueOf(app.call("getThread", Map.of("threadId", "t"), "alice"));
            var secret = pasted.substring(pasted.lastIndexOf(' ') + 1);
            assertThat(reply + stored).as(meanwhile).doesNotContain(secret);
            assertThat(provider.seen())
                    .as(meanwhile)
                    .filteredOn(seen -> seen.method().equals("POST"))
                    .noneMatch(seen -> seen.body().contains(secret));
            app.chat("alice", "t", "cancel");
        }
    }

    @Test
    void aMessageDuringAKeyCheckWaitsAndIsAnsweredByTheNewModel() throws Exception {
        var pasted = pasteKey("any-own-key-000-1a2b");
        var question = CompletableFuture.supplyAsync(() -> app.chat("alice", "t", "What is the capital of France?"));
        TimeUnit.MILLISECONDS.sleep(200);
        assertThat(question).isNotDone();
        answer.countDown();
        assertThat(pasted.get(20, TimeUnit.SECONDS)).startsWith("Done.");
        assertThat(question.get(20, TimeUnit.SECONDS)).isEqualTo("from the model");
    }

    @Test
    void aModelRequestWithAKeySentTwiceConcurrentlySucceedsTwice() throws Exception {
        var request = "switch to slow, m-1, my api key is 8JfH2kLmN0pQrStUvWxYz1234567bC3d";
        var first = CompletableFuture.supplyAsync(() -> app.chat("alice", "t", request));
        assertThat(checking.await(10, TimeUnit.SECONDS)).isTrue();
        var second = CompletableFuture.supplyAsync(() -> app.chat("alice", "t", request));
        TimeUnit.MILLISECONDS.sleep(200);
        answer.countDown();
        assertThat(first.get(20, TimeUnit.SECONDS)).startsWith("Done.");
        assertThat(second.get(20, TimeUnit.SECONDS)).startsWith("Done.");
    }

    @Test
    void flowCommandsDuringAKeyCheckAreAnsweredAndTheKeyIsSaved() throws Exception {
        var pasted = pasteKey("any-own-key-000-1a2b");
        assertThat(timed("which model am I using?")).contains("My earlier question is still open");
        assertThat(timed("help")).contains("**cancel**");
        answer.countDown();
        assertThat(pasted.get(20, TimeUnit.SECONDS)).startsWith("Done.");
        assertThat(app.call("getUserModelConfig", Map.of(), "alice")
                        .path("keyHint")
                        .stringValue())
                .isEqualTo("1a2b");
    }
}

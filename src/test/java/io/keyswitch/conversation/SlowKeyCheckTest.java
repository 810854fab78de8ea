package io.keyswitch.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.testing.FakeProvider;
import io.keyswitch.testing.TestApp;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** While a provider takes its time over a key, the thread of its user is not locked. */
@Timeout(60)
class SlowKeyCheckTest {
    private static final Duration SOON = Duration.ofSeconds(2);

    private final CountDownLatch checking = new CountDownLatch(1);
    private final CountDownLatch answer = new CountDownLatch(1);
    private final FakeProvider provider = FakeProvider.answering((request, out) -> {
                if (request.method().equals("GET")) {
                    checking.countDown();
                    answer.await(30, TimeUnit.SECONDS);
                }
                out.json(200, "{\"data\":[{\"id\":\"m-1\"}]}");
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
    void theFlowMayBeLeftDuringTheCheckAndTheKeyIsThenNotSaved() throws Exception {
        var pasted = pasteKey("any-own-key-000-1a2b");
        assertThat(timed("cancel")).contains("nothing was changed");
        answer.countDown();
        assertThat(pasted.get(20, TimeUnit.SECONDS)).contains("nobody asked for one here");
        assertThat(app.call("getUserModelConfig", Map.of(), "alice").isNull()).isTrue();
    }

    @Test
    void anotherMessageDuringTheCheckIsAnsweredAndTheKeyIsStillSaved() throws Exception {
        var pasted = pasteKey("any-own-key-000-1a2b");
        assertThat(timed("which model am I using?")).contains("My question from before is still open");
        assertThat(timed("help")).contains("**cancel**");
        answer.countDown();
        assertThat(pasted.get(20, TimeUnit.SECONDS)).startsWith("Done.");
        assertThat(app.call("getUserModelConfig", Map.of(), "alice")
                        .path("keyHint")
                        .stringValue())
                .isEqualTo("1a2b");
    }
}

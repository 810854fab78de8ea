package io.keyswitch.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.testing.FakeProvider;
import io.keyswitch.testing.TestApp;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A provider with a slow model list does not delay the conversation. */
@Timeout(90)
class SlowModelListTest {
    private static final Duration LONGEST = Duration.ofMillis(2500);

    @Test
    void aSlowModelListDelaysNoQuestionAndIsRequestedOnce() {
        var done = new CountDownLatch(1);
        try (var provider = FakeProvider.answering((_, out) -> {
                            done.await(12, TimeUnit.SECONDS);
                            out.json(200, "{\"data\":[{\"id\":\"m-1\"},{\"id\":\"m-2\"}]}");
                        })
                        .unchecked();
                var app = TestApp.start(
                        "  slow: {baseUrl: '%s/v1', defaultModel: m-1, models: {get: /models}, check: {get: /models}, projectKey: SLOW_API_KEY}\n"
                                .formatted(provider.baseUrl()),
                        Map.of("SLOW_API_KEY", "the-project-key-1a2b"))) {
            // The first message of a process waits for the lexicons, and runs code that is not compiled yet.
            app.chat("bob", "t", "I want to change my model");
            app.chat("bob", "t", "cancel");
            assertThat(timed(app, "I want to change my model")).contains("Which provider");
            assertThat(timed(app, "slow")).contains("default");
            assertThat(timed(app, "default")).contains("Which model");
            assertThat(timed(app, "help")).isNotBlank();
            assertThat(timed(app, "back")).contains("default");
            assertThat(timed(app, "default")).contains("Which model");
            assertThat(provider.seen()).hasSize(1);
            done.countDown();
        }
    }

    private static String timed(TestApp app, String message) {
        long before = System.nanoTime();
        var reply = app.chat("alice", "t", message);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).as(message).isLessThan(LONGEST);
        return reply;
    }
}

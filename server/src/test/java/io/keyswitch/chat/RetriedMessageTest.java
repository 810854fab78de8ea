package io.keyswitch.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.testing.FakeProvider;
import io.keyswitch.testing.TestApp;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A message that is retried while its answer completes is sent to the provider only once. */
@Tag("database")
@Timeout(180)
class RetriedMessageTest {
    private static final int MESSAGES = 200;
    private static final int SENDERS = 4;

    @Test
    void aMessageRetriedConcurrentlyIsSentToTheProviderOnce() {
        try (var provider = FakeProvider.answering((request, out) -> {
                            if (request.method().equals("GET")) {
                                out.json(200, "{\"data\":[{\"id\":\"m-1\"}]}");
                            } else {
                                out.json(
                                        200,
                                        "{\"choices\":[{\"message\":{\"content\":\"once\"},\"finish_reason\":\"stop\"}]}");
                            }
                        })
                        .unchecked();
                var app = TestApp.start("  fake: {baseUrl: '%s/v1', defaultModel: m-1, check: {get: /models}}\n"
                        .formatted(provider.baseUrl()));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            app.call(
                    "updateUserModelConfig",
                    Map.of("provider", "fake", "modelId", "m-1", "apiKey", "the-key-1a2b"),
                    "alice");
            for (int i = 0; i < MESSAGES; i++) {
                var message = Map.of("threadId", "t", "message", "hello", "clientMessageId", "c-" + i);
                var senders = new CompletableFuture<?>[SENDERS];
                for (int sender = 0; sender < SENDERS; sender++) {
                    senders[sender] = CompletableFuture.runAsync(
                            () -> {
                                while (app.post("sendChatMessage", message, "alice")
                                                .statusCode()
                                        != 200) {
                                    Thread.onSpinWait();
                                }
                            },
                            threads);
                }
                CompletableFuture.allOf(senders).join();
            }
            assertThat(provider.seen().stream().filter(seen -> seen.method().equals("POST")))
                    .hasSize(MESSAGES);
        }
    }
}

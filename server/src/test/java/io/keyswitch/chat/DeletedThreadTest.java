package io.keyswitch.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.testing.FakeProvider;
import io.keyswitch.testing.TestApp;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** Deletes a thread while a message in it is being answered, then creates another with the same ID. */
@Tag("database")
@Timeout(90)
class DeletedThreadTest {
    private final AtomicInteger asked = new AtomicInteger();
    private final CountDownLatch firstAsked = new CountDownLatch(1);
    private final CountDownLatch secondAsked = new CountDownLatch(2);
    private final CountDownLatch answerSecond = new CountDownLatch(1);
    private final FakeProvider provider =
            FakeProvider.answering((_, out) -> answer(out)).unchecked();
    private final TestApp app = TestApp.start(
            "  fake: {baseUrl: '%s/v1', defaultModel: m-1, check: {get: /models}}\n".formatted(provider.baseUrl()));

    @AfterEach
    void close() {
        app.close();
        provider.close();
    }

    /** The first completion never ends; the second ends when {@link #answerSecond} is released. */
    private void answer(FakeProvider.Connection out) throws IOException, InterruptedException {
        int number = asked.getAndIncrement();
        if (number == 0) {
            out.json(200, "{\"data\":[{\"id\":\"m-1\"}]}");
            return;
        }
        firstAsked.countDown();
        secondAsked.countDown();
        out.stream().write("data: {\"choices\":[{\"delta\":{\"content\":\"answer %d\"}}]}\n\n".formatted(number));
        if (number == 1) {
            out.awaitHangUp();
        } else {
            answerSecond.await();
            out.write("data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n");
        }
    }

    private CompletableFuture<JsonNode> sendLater(String id, String message) {
        return CompletableFuture.supplyAsync(() -> TestApp.parse(
                app.post("sendChatMessage", data(id, message), "alice").body()));
    }

    private static Map<String, String> data(String id, String message) {
        return Map.of("threadId", "t", "message", message, "clientMessageId", id);
    }

    @Test
    void deletingAThreadCancelsItsAnswerWithoutAffectingANewThread() throws Exception {
        app.call(
                "updateUserModelConfig",
                Map.of("provider", "fake", "modelId", "m-1", "apiKey", "the-key-1a2b"),
                "alice");
        var first = sendLater("c-1", "one");
        assertThat(firstAsked.await(5, TimeUnit.SECONDS)).isTrue();
        app.call("deleteThread", Map.of("threadId", "t"), "alice");
        var error = first.get(3, TimeUnit.SECONDS).path("error");
        assertThat(error.path("status").stringValue()).isEqualTo("ABORTED");
        assertThat(error.path("message").stringValue()).contains("deleted");

        var second = sendLater("c-1", "one");
        assertThat(secondAsked.await(5, TimeUnit.SECONDS)).isTrue();
        answerSecond.countDown();
        assertThat(second.get(5, TimeUnit.SECONDS)
                        .path("result")
                        .path("message")
                        .path("content")
                        .stringValue())
                .isEqualTo("answer 2");
        assertThat(app.call("sendChatMessage", data("c-1", "one"), "alice")
                        .path("message")
                        .path("content")
                        .stringValue())
                .isEqualTo("answer 2");
        assertThat(asked).hasValue(3);
        assertThat(app.call("getThread", Map.of("threadId", "t"), "alice").path("messages"))
                .hasSize(2);
    }
}

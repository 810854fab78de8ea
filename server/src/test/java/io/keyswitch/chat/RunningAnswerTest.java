package io.keyswitch.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyswitch.core.Failure;
import io.keyswitch.core.Reason;
import io.keyswitch.core.ThreadId;
import io.keyswitch.llm.ChatMessage;
import io.keyswitch.telemetry.CurrentRequest;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A running answer is read by any number of readers, each from its beginning. */
@Timeout(60)
class RunningAnswerTest {
    private static final ChatReply REPLY = new ChatReply(
            new ThreadId("t"),
            "hi",
            new StoredMessage(
                    2,
                    ChatMessage.Role.ASSISTANT,
                    StoredMessage.Kind.CHAT,
                    "one two",
                    Instant.EPOCH,
                    ServedBy.KEYSWITCH,
                    new StoredMessage.Attempt(null, "turn", StoredMessage.Status.COMPLETE)),
            2,
            ServedBy.KEYSWITCH,
            null,
            List.of());

    private final RunningAnswer answer = new RunningAnswer(new CurrentRequest.Answering("groq", "m-1", "own"));

    /** Collects the deltas, and tells when it has as many characters as are waited for. */
    private static final class Reader implements DeltaSink {
        private final StringBuilder text = new StringBuilder();
        private final CountDownLatch enough = new CountDownLatch(1);
        private final CompletableFuture<Runnable> whenGone = new CompletableFuture<>();
        private final int awaited;

        private Reader(int awaited) {
            this.awaited = awaited;
        }

        @Override
        public void delta(String delta) {
            text.append(delta);
            if (text.length() >= awaited) {
                enough.countDown();
            }
        }

        @Override
        public boolean isGone() {
            return false;
        }

        @Override
        public void onGone(Runnable callback) {
            whenGone.complete(callback);
        }
    }

    private CompletableFuture<ChatReply> reading(Reader reader) {
        var reply = new CompletableFuture<ChatReply>();
        Thread.ofVirtual().start(() -> {
            try {
                reply.complete(answer.read(reader));
            } catch (RuntimeException e) {
                reply.completeExceptionally(e);
            }
        });
        return reply;
    }

    @Test
    void everyReaderReadsTheWholeAnswerFromItsBeginning() throws Exception {
        var early = new Reader(4);
        var first = reading(early);
        answer.append("one ");
        early.enough.await();
        var late = new Reader(4);
        var second = reading(late);
        late.enough.await();
        answer.append("two");
        answer.end(REPLY);
        assertThat(first.get()).isEqualTo(REPLY);
        assertThat(second.get()).isEqualTo(REPLY);
        assertThat(early.text.toString()).isEqualTo("one two");
        assertThat(late.text.toString()).isEqualTo("one two");
    }

    @Test
    void aReaderAfterTheEndReadsAllAtOnce() {
        answer.append("one ");
        answer.append("two");
        answer.end(REPLY);
        var reader = new Reader(7);
        assertThat(answer.read(reader)).isEqualTo(REPLY);
        assertThat(reader.text.toString()).isEqualTo("one two");
    }

    @Test
    void everyReaderReceivesWhatArrivedAndTheFailure() {
        answer.append("one ");
        var failure = new Failure(Reason.STOPPED);
        answer.fail(failure);
        for (int i = 0; i < 2; i++) {
            var reader = new Reader(4);
            assertThatThrownBy(() -> answer.read(reader)).isSameAs(failure);
            assertThat(reader.text.toString()).isEqualTo("one ");
        }
    }

    @Test
    void aReaderThatDisconnectsLeavesTheOthersReading() throws Exception {
        var leaving = new Reader(4);
        var staying = new Reader(7);
        var left = reading(leaving);
        var stayed = reading(staying);
        answer.append("one ");
        leaving.enough.await();
        leaving.whenGone.get().run();
        assertThat(left.handle((_, failure) -> ((Failure) failure).reason()).get())
                .isEqualTo(Reason.ANSWER_CANCELLED);
        answer.append("two");
        answer.end(REPLY);
        assertThat(stayed.get()).isEqualTo(REPLY);
        assertThat(staying.text.toString()).isEqualTo("one two");
        assertThat(leaving.text.toString()).isEqualTo("one ");
    }
}

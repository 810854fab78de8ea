package io.keyswitch.chat;

import io.keyswitch.chat.AnswersInProgress.Wanted;
import io.keyswitch.chat.StoredMessage.Status;
import io.keyswitch.chat.Turns.Turn;
import io.keyswitch.core.Details;
import io.keyswitch.core.Failure;
import io.keyswitch.core.Reason;
import io.keyswitch.core.ThreadRef;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An answer that another process is giving, followed through the database: that process stores what it has so far while
 * somebody wants it. If it ends, its turns are marked incomplete by the others. Blocking.
 */
final class AnswerElsewhere {
    private static final Duration LOOK = Duration.ofMillis(200);

    /** By then, the turn of a process that has ended is ended by the others. */
    private static final Duration LONGEST_STOP = Duration.ofSeconds(15);

    /** What is stored of it can be read with the thread, and the message be sent again. */
    private static final Details ENDED = new Details() {
        @Override
        public Map<String, Object> fields() {
            return Map.of("incomplete", true, "retryable", true, "retryAfterSeconds", 1L);
        }

        @Override
        public @Nullable Duration retryAfter() {
            return Details.RETRY_SOON.retryAfter();
        }

        @Override
        public boolean incomplete() {
            return true;
        }
    };

    private final Turns turns;
    private final AnswersInProgress inProgress;
    private final ThreadRef thread;
    private final StoredMessage message;

    AnswerElsewhere(Turns turns, AnswersInProgress inProgress, ThreadRef thread, StoredMessage message) {
        this.turns = turns;
        this.inProgress = inProgress;
        this.thread = thread;
        this.message = message;
    }

    /** Ends it; what has arrived is stored when this returns. */
    void stop() {
        inProgress.request(thread, message, Wanted.STOP);
        long until = System.nanoTime() + LONGEST_STOP.toNanos();
        var turn = turns.findAttempt(thread, message);
        while (turn != null && turn.user().status() == Status.STREAMING) {
            if (System.nanoTime() > until) {
                throw Failure.retrySoon(Reason.STOPPED);
            }
            pause();
            turn = turns.findAttempt(thread, message);
        }
    }

    /**
     * Reads the whole answer, and waits for its end.
     *
     * @return the turn with its complete answer
     * @throws Failure if there is no answer, or only a part of one, or the reader disconnects
     */
    Turn read(DeltaSink sink) {
        inProgress.request(thread, message, Wanted.TEXT);
        var read = "";
        while (true) {
            var turn = turns.findAttempt(thread, message);
            if (turn == null) {
                throw turns.isStored(thread, message)
                        ? new Failure(Reason.STOPPED, ENDED)
                        : new Failure(Reason.THREAD_DELETED);
            }
            var text = textOf(turn);
            if (text.length() > read.length() && text.startsWith(read)) {
                sink.delta(text.substring(read.length()));
                read = text;
            }
            switch (turn.user().status()) {
                case COMPLETE -> {
                    return turn;
                }
                case INCOMPLETE ->
                    throw text.isEmpty() ? Failure.retrySoon(Reason.STOPPED) : new Failure(Reason.STOPPED, ENDED);
                case STREAMING -> {
                    if (sink.isGone()) {
                        throw new Failure(Reason.ANSWER_CANCELLED);
                    }
                    pause();
                }
            }
        }
    }

    private static String textOf(Turn turn) {
        @Nullable StoredMessage answer = turn.answer();
        return answer == null ? "" : answer.content();
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw Failure.retrySoon(Reason.STOPPED);
        }
    }
}

package io.keyswitch.chat;

import io.keyswitch.core.Failure;
import io.keyswitch.core.Reason;
import io.keyswitch.telemetry.CurrentRequest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * An answer that a model is giving: written by one thread and read by any number, each from its beginning and at its own
 * pace. Thread-safe.
 */
final class RunningAnswer {
    private final CurrentRequest.Answering answering;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final StringBuilder text = new StringBuilder();
    private volatile boolean begun;
    private final CompletableFuture<ChatReply> result = new CompletableFuture<>();

    RunningAnswer(CurrentRequest.Answering answering) {
        this.answering = answering;
    }

    void append(String piece) {
        change(() -> text.append(piece));
    }

    int length() {
        return text.length();
    }

    String text() {
        lock.lock();
        try {
            return text.toString();
        } finally {
            lock.unlock();
        }
    }

    /** To be called before the first piece of the model's own text. */
    void begin() {
        begun = true;
    }

    /** Whether any text of the model has arrived, not only notices before it. */
    boolean hasBegun() {
        return begun;
    }

    void end(ChatReply reply) {
        change(() -> result.complete(reply));
    }

    void fail(Throwable cause) {
        change(() -> result.completeExceptionally(cause));
    }

    /** Waits for its end, whatever that is. */
    void awaitEnd() {
        var _ = result.exceptionally(_ -> null).join();
    }

    private void change(Runnable step) {
        lock.lock();
        try {
            step.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Reads the whole answer, and waits for its end.
     *
     * @throws Failure if there is no answer, or only a part of one, or the reader disconnects
     */
    ChatReply read(DeltaSink sink) {
        CurrentRequest.current().answering(answering);
        var gone = new AtomicBoolean();
        sink.onGone(() -> change(() -> gone.set(true)));
        int read = 0;
        for (var more = after(read, gone); !more.isEmpty(); more = after(read, gone)) {
            read += more.length();
            sink.delta(more);
        }
        if (gone.get()) {
            throw new Failure(Reason.ANSWER_CANCELLED);
        }
        return reply();
    }

    /** Waits for more than the first {@code read} characters; empty if no more will come. */
    private String after(int read, AtomicBoolean gone) {
        lock.lock();
        try {
            while (read == text.length() && !result.isDone() && !gone.get()) {
                changed.awaitUninterruptibly();
            }
            return gone.get() ? "" : text.substring(read);
        } finally {
            lock.unlock();
        }
    }

    private ChatReply reply() {
        return switch (result.state()) {
            case SUCCESS -> result.resultNow();
            case RUNNING, CANCELLED -> throw new IllegalStateException("The answer has not ended.");
            case FAILED -> throw unchecked(result.exceptionNow());
        };
    }

    private static RuntimeException unchecked(Throwable failure) {
        return switch (failure) {
            case RuntimeException e -> e;
            case Error e -> throw e;
            default -> new IllegalStateException(failure);
        };
    }
}

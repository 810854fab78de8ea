package io.keyswitch.llm.transport;

import io.keyswitch.llm.ChatEvent;
import io.keyswitch.llm.LlmException;
import io.keyswitch.llm.LlmFailure;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * One completion, read by one blocking (virtual) thread while an event loop receives it. A slow reader applies
 * backpressure to the provider. {@link #close} may be called from any thread and cancels the call; the reader then gets
 * a {@link CancelledException}.
 */
public final class Completion implements CompletionSink, AutoCloseable {
    /** The completion was closed while it was being read, or the reader was interrupted. */
    public static final class CancelledException extends RuntimeException {
        CancelledException() {
            super("cancelled", null, false, false);
        }
    }

    private sealed interface Signal {
        record Events(List<ChatEvent> events) implements Signal {}

        record End() implements Signal {}

        record Failed(LlmFailure failure) implements Signal {}

        record Cancelled() implements Signal {}
    }

    private static final int PAUSE_ABOVE = 256;
    private static final int RESUME_BELOW = 64;

    private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
    private volatile @Nullable RunningCall call;
    private volatile boolean paused;
    private volatile boolean closed;

    Completion() {}

    /** Sets the call that feeds this completion; cancels it if the completion is already closed. */
    void follow(RunningCall started) {
        call = started;
        if (closed) {
            started.cancel();
        }
    }

    @Override
    public void events(List<ChatEvent> events) {
        signals.add(new Signal.Events(events));
        var running = call;
        if (running != null && signals.size() > PAUSE_ABOVE) {
            paused = true;
            running.pause();
            // The reader may have drained the queue before it could see the pause.
            resumeIfDrained(running);
        }
    }

    @Override
    public void end() {
        signals.add(new Signal.End());
    }

    @Override
    public void failed(LlmFailure failure) {
        signals.add(new Signal.Failed(failure));
    }

    /**
     * Waits for the next events.
     *
     * @return the events of one chunk; null at the end
     * @throws LlmException if the call failed
     * @throws CancelledException if this completion was closed, or the waiting thread was interrupted
     */
    public @Nullable List<ChatEvent> next() {
        var signal = take();
        var running = call;
        if (running != null) {
            resumeIfDrained(running);
        }
        return switch (signal) {
            case Signal.Events(var events) -> events;
            case Signal.End _ -> null;
            case Signal.Failed(var failure) -> throw new LlmException(failure);
            case Signal.Cancelled _ -> throw new CancelledException();
        };
    }

    private void resumeIfDrained(RunningCall running) {
        if (paused && signals.size() < RESUME_BELOW) {
            paused = false;
            running.resume();
        }
    }

    private Signal take() {
        try {
            return signals.take();
        } catch (InterruptedException _) {
            close();
            Thread.currentThread().interrupt();
            throw new CancelledException();
        }
    }

    @Override
    public void close() {
        closed = true;
        var running = call;
        if (running != null) {
            running.cancel();
        }
        signals.add(new Signal.Cancelled());
    }
}

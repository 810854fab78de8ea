package io.keyswitch.llm.transport;

import io.keyswitch.llm.LlmFailure;
import io.keyswitch.llm.LlmFailure.Phase;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call under way. Its state is touched on its event loop only; {@link #cancel} and {@link #resume} may be called from
 * any thread.
 */
final class ProviderCall implements RunningCall {
    private static final Logger LOG = LoggerFactory.getLogger(ProviderCall.class);

    private final Vertx vertx;
    private final Context context;
    private final Deadlines deadlines;
    private final CallListener listener;
    private @Nullable HttpClientRequest request;
    private @Nullable HttpClientResponse response;
    private long totalTimer;
    private long phaseTimer;
    private volatile boolean paused;
    private boolean over;

    ProviderCall(Vertx vertx, Context context, Deadlines deadlines, Function<ProviderCall, CallListener> listener) {
        this.vertx = vertx;
        this.context = context;
        this.deadlines = deadlines;
        this.listener = listener.apply(this);
    }

    void started() {
        totalTimer = timer(deadlines.total(), Phase.LAST_BYTE);
        phaseTimer = timer(deadlines.connect().plus(deadlines.firstByte()), Phase.FIRST_BYTE);
    }

    /** A connection is there. @return whether the request is still wanted */
    boolean connected(HttpClientRequest opened) {
        if (over) {
            opened.reset();
            return false;
        }
        request = opened;
        opened.exceptionHandler(this::broke);
        return true;
    }

    void answered(HttpClientResponse answer) {
        if (over) {
            return;
        }
        response = answer;
        answer.exceptionHandler(this::broke);
        answer.handler(this::received);
        answer.endHandler(_ -> ended());
        heard(() -> listener.head(answer.statusCode(), answer.headers()));
    }

    private void received(Buffer bytes) {
        if (!over) {
            vertx.cancelTimer(phaseTimer);
            if (!paused) {
                phaseTimer = timer(deadlines.gap(), Phase.NEXT_BYTE);
            }
            heard(() -> listener.body(bytes.getBytes()));
        }
    }

    private void ended() {
        if (finish()) {
            heard(listener::end);
        }
    }

    /** Whatever a listener stumbles over, a limit or bytes that nobody foresaw, is the end of the answer, and is heard of. */
    private void heard(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error e) {
            LOG.warn("an answer could not be read: {}", e.getClass().getName());
            finish();
            reset();
            listener.failed(new LlmFailure.BrokenAnswer());
        }
    }

    /** The connection could not be made, or broke. */
    void broke(Throwable cause) {
        if (finish()) {
            // The class alone: messages of network libraries may quote what was sent.
            LOG.debug("call to a provider broke: {}", cause.getClass().getName());
            listener.failed(request == null ? new LlmFailure.Unreachable() : new LlmFailure.BrokenAnswer());
        }
    }

    private long timer(Duration after, Phase phase) {
        return vertx.setTimer(Math.max(1, after.toMillis()), _ -> {
            if (finish()) {
                reset();
                listener.failed(new LlmFailure.TimedOut(phase));
            }
        });
    }

    private boolean finish() {
        if (over) {
            return false;
        }
        over = true;
        vertx.cancelTimer(totalTimer);
        vertx.cancelTimer(phaseTimer);
        return true;
    }

    private void reset() {
        if (request != null) {
            request.reset();
        }
    }

    @Override
    public void cancel() {
        context.runOnContext(_ -> {
            if (finish()) {
                reset();
            }
        });
    }

    /** {@inheritDoc} The gap deadline pauses too. */
    @Override
    public void pause() {
        if (!over && response != null && !paused) {
            paused = true;
            vertx.cancelTimer(phaseTimer);
            response.pause();
        }
    }

    @Override
    public void resume() {
        context.runOnContext(_ -> {
            if (!over && response != null && paused) {
                paused = false;
                phaseTimer = timer(deadlines.gap(), Phase.NEXT_BYTE);
                response.resume();
            }
        });
    }
}

package io.keyswitch.llm.transport;

import io.keyswitch.core.Reason;
import io.keyswitch.llm.LlmFailure;
import io.keyswitch.llm.LlmFailure.Phase;
import io.keyswitch.llm.connection.Connection;
import io.keyswitch.llm.connection.ConnectionListener;
import io.keyswitch.llm.connection.Connections;
import io.keyswitch.llm.connection.Exchange;
import io.keyswitch.llm.connection.ExchangeListener;
import io.netty.handler.codec.http.HttpHeaders;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call in flight: its connection, its deadlines, and a second attempt where the first one certainly did nothing. State is
 * touched on its event loop only; {@link #cancel} and {@link #resume} may be called from any thread.
 */
final class ProviderCall implements RunningCall, ConnectionListener, ExchangeListener {
    private static final Logger LOG = LoggerFactory.getLogger(ProviderCall.class);

    private final ContextInternal context;
    private final Connections connections;
    private final ProviderRequest request;
    private final Deadlines deadlines;
    private final CallListener listener;
    private ProviderRequest.@Nullable Encoded encoded;
    private @Nullable Exchange exchange;
    private boolean reusedConnection;
    private boolean resent;
    private boolean answered;
    private long totalTimer;
    /** Waits for the first byte of a body, then for each next one. */
    private long phaseTimer;

    private boolean hasBody;
    private long lastByteAt;
    private boolean paused;
    private boolean over;

    ProviderCall(
            ContextInternal context,
            Connections connections,
            ProviderRequest request,
            Deadlines deadlines,
            Function<ProviderCall, CallListener> listener) {
        this.context = context;
        this.connections = connections;
        this.request = request;
        this.deadlines = deadlines;
        this.listener = listener.apply(this);
    }

    void begin() {
        if (over) {
            return;
        }
        totalTimer = timer(deadlines.total(), Phase.LAST_BYTE);
        phaseTimer = timer(deadlines.connect().plus(deadlines.firstByte()), Phase.FIRST_BYTE);
        try {
            open(false);
        } catch (RuntimeException e) {
            // A URL or header that cannot be sent.
            broke(e);
        }
    }

    private void open(boolean fresh) {
        var ready = request.encode();
        encoded = ready;
        connections.open(context, ready.lane(), fresh, this);
    }

    @Override
    public void opened(Connection connection) {
        var ready = encoded;
        if (over || ready == null) {
            connection.giveBack();
            return;
        }
        reusedConnection = connection.isReused();
        exchange = connection.send(ready.message(), this);
    }

    /** No connection could be made. */
    @Override
    public void failed(Throwable cause) {
        context.dispatch(() -> broke(cause));
    }

    @Override
    public void head(int status, HttpHeaders headers) {
        answered = true;
        notify(() -> listener.head(status, headers));
    }

    @Override
    public void body(byte[] bytes) {
        if (!over) {
            lastByteAt = System.nanoTime();
            if (!hasBody) {
                hasBody = true;
                context.owner().cancelTimer(phaseTimer);
                phaseTimer = gapTimer(deadlines.gap());
            }
            notify(() -> listener.body(bytes));
        }
    }

    @Override
    public void end() {
        if (finish()) {
            notify(listener::end);
        }
    }

    /** The exchange failed. It is repeated once on a fresh connection if that can be billed at most once. */
    @Override
    public void failed(Throwable cause, boolean unprocessed) {
        boolean harmless = unprocessed || (reusedConnection && request.isSafe());
        if (!over && harmless && !answered && !resent) {
            resent = true;
            exchange = null;
            open(true);
        } else {
            if (unprocessed) {
                exchange = null;
            }
            context.dispatch(() -> broke(cause));
        }
    }

    /** Any exception of a listener, a limit or an unforeseen response, ends the call and is reported. */
    private void notify(Runnable step) {
        context.dispatch(() -> {
            try {
                step.run();
            } catch (RuntimeException | Error e) {
                LOG.warn(
                        "a provider's response could not be read: {}",
                        e.getClass().getName());
                finish();
                abort();
                listener.failed(LlmFailure.of(Reason.BROKEN_ANSWER));
            }
        });
    }

    private void broke(Throwable cause) {
        if (finish()) {
            // The class alone: messages of network libraries may quote what was sent.
            LOG.debug("call to a provider failed: {}", cause.getClass().getName());
            listener.failed(exchange == null ? LlmFailure.of(Reason.UNREACHABLE) : LlmFailure.of(Reason.BROKEN_ANSWER));
        }
    }

    private long timer(Duration after, Phase phase) {
        return context.setTimer(Math.max(1, after.toMillis()), _ -> timedOut(phase));
    }

    private void timedOut(Phase phase) {
        if (finish()) {
            abort();
            listener.failed(LlmFailure.timedOut(phase));
        }
    }

    /** One timer for all gaps, set again when it goes off early: a timer for each byte costs more than the byte. */
    private long gapTimer(Duration after) {
        return context.setTimer(Math.max(1, after.toMillis()), _ -> {
            var left = deadlines.gap().minusNanos(System.nanoTime() - lastByteAt);
            if (left.isPositive()) {
                phaseTimer = gapTimer(left);
            } else {
                timedOut(Phase.NEXT_BYTE);
            }
        });
    }

    private boolean finish() {
        if (over) {
            return false;
        }
        over = true;
        context.owner().cancelTimer(totalTimer);
        context.owner().cancelTimer(phaseTimer);
        return true;
    }

    private void abort() {
        if (exchange != null) {
            exchange.abort();
        }
    }

    @Override
    public void cancel() {
        context.runOnContext(_ -> {
            if (finish()) {
                abort();
            }
        });
    }

    /** {@inheritDoc} The gap deadline pauses too. */
    @Override
    public void pause() {
        if (!over && exchange != null && answered && !paused) {
            paused = true;
            context.owner().cancelTimer(phaseTimer);
            exchange.pause();
        }
    }

    @Override
    public void resume() {
        context.runOnContext(_ -> {
            if (!over && exchange != null && paused) {
                paused = false;
                lastByteAt = System.nanoTime();
                phaseTimer = gapTimer(deadlines.gap());
                exchange.resume();
            }
        });
    }
}

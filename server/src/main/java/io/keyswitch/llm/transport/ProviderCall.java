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
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One in-flight call: its connection, its deadlines, and one repetition if the provider certainly did not process the
 * request. State is confined to its event loop; {@link #cancel} and {@link #resume} may be called from any thread.
 */
final class ProviderCall implements RunningCall, ResponseSource, ConnectionListener, ExchangeListener {
    private static final Logger LOG = LoggerFactory.getLogger(ProviderCall.class);

    private static final Duration DRAINING = Duration.ofSeconds(1);

    private final ContextInternal context;
    private final Connections connections;
    /** Null once the provider has answered: it is not sent again. */
    private @Nullable ProviderRequest request;

    private final Deadlines deadlines;
    private CallListener listener;
    private ProviderRequest.@Nullable Encoded encoded;
    private @Nullable Exchange exchange;
    private boolean reusedConnection;
    private boolean resent;
    private long totalTimer;
    /** Limits the time to the first byte of the body, then the gap between chunks. */
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
            // The URL or a header is invalid.
            broke(e);
        }
    }

    private void open(boolean fresh) {
        var ready = Objects.requireNonNull(request).encode();
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
        encoded = null;
        exchange = connection.send(ready.message(), this);
    }

    /** Called when no connection could be opened. */
    @Override
    public void failed(Throwable cause) {
        context.dispatch(() -> broke(cause));
    }

    @Override
    public void head(int status, HttpHeaders headers) {
        request = null;
        listener = Inflated.inFrontOf(listener, headers);
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

    /**
     * Called when the exchange failed. It is repeated once on a fresh connection if the request cannot be billed twice.
     */
    @Override
    public void failed(Throwable cause, boolean unprocessed) {
        boolean harmless = request != null && (unprocessed || (reusedConnection && request.isSafe()));
        if (!over && harmless && !resent) {
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

    /** Ends the call with a failure if the listener throws, for example because a size limit is exceeded. */
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
            // Only the class, because messages of network libraries may contain request data.
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

    /** Uses one timer for all gaps and reschedules it when it fires early, because a timer per chunk costs more. */
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
    public void drain() {
        if (over) {
            return;
        }
        context.owner().cancelTimer(totalTimer);
        context.owner().cancelTimer(phaseTimer);
        totalTimer = context.setTimer(DRAINING.toMillis(), _ -> {
            if (finish()) {
                abort();
            }
        });
        if (paused && exchange != null) {
            paused = false;
            exchange.resume();
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

    /** {@inheritDoc} Suspends the gap deadline as well. */
    @Override
    public void pause() {
        if (!over && exchange != null && request == null && !paused) {
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

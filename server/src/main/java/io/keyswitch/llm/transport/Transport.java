package io.keyswitch.llm.transport;

import io.keyswitch.llm.connection.Connections;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.net.TrustOptions;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP client for all providers. Follows no redirects, so that a key is sent only to its endpoint, and accepts no
 * compression, so that a small response cannot expand to a large one. Thread-safe.
 */
final class Transport implements AutoCloseable {
    private final Vertx vertx;
    private final Connections connections;

    Transport(Vertx vertx, Duration connect) {
        this(vertx, connect, null);
    }

    /**
     * A client that trusts the given certificate authorities.
     *
     * @param trust the certificate authorities; null for those of the JDK
     */
    Transport(Vertx vertx, Duration connect, @Nullable TrustOptions trust) {
        this.vertx = vertx;
        this.connections = new Connections(vertx, connect, trust);
    }

    /** Starts a call. Returns at once; the listener is called on an event loop. */
    ProviderCall start(ProviderRequest request, Deadlines deadlines, Function<ProviderCall, CallListener> listener) {
        return start(vertx.getOrCreateContext(), request, deadlines, listener);
    }

    /** Starts a call on a context. */
    ProviderCall start(
            Context context,
            ProviderRequest request,
            Deadlines deadlines,
            Function<ProviderCall, CallListener> listener) {
        var call = new ProviderCall((ContextInternal) context, connections, request, deadlines, listener);
        context.runOnContext(_ -> call.begin());
        return call;
    }

    @Override
    public void close() {
        connections.close();
    }
}

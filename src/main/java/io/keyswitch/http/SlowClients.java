package io.keyswitch.http;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Closes connections whose clients keep them for nothing: no request or only a part of its head, a body that does not come
 * to its end, an answer that is not read. Used on one event loop.
 */
final class SlowClients {
    static final Duration SWEEP = Duration.ofSeconds(1);

    private static final int MAX_CONNECTIONS = 10_000;

    private final long quiet;
    private final long half;

    /**
     * Watches the connections of one listener.
     *
     * @param patience how long a connection may be without a request; a body, or an answer that waits to be read, gets half
     *     of it
     */
    SlowClients(Duration patience) {
        this.quiet = patience.toNanos();
        this.half = patience.toNanos() / 2;
    }

    private final class Watched {
        private @Nullable HttpServerRequest request;
        private long since = System.nanoTime();
        private long writableAt = since;

        boolean isTooSlow(long now) {
            var current = request;
            if (current == null) {
                return now - since > quiet;
            }
            if (!current.isEnded()) {
                return now - since > half;
            }
            // One that is ended but still watched waits to be read, and may not be asked for its queue.
            if (!current.response().ended() && !current.response().writeQueueFull()) {
                writableAt = now;
            }
            return now - writableAt > half;
        }

        void begin(HttpServerRequest begun) {
            request = begun;
            since = System.nanoTime();
            writableAt = since;
        }

        void end() {
            request = null;
            since = System.nanoTime();
        }
    }

    private final Map<HttpConnection, Watched> connections = new HashMap<>();

    /** A client has connected. */
    void connected(HttpConnection connection) {
        if (connections.size() >= MAX_CONNECTIONS) {
            var _ = connection.close();
            return;
        }
        connections.put(connection, new Watched());
        connection.closeHandler(_ -> connections.remove(connection));
    }

    /** The head of a request is there. */
    void begun(RoutingContext context) {
        var watched = connections.get(context.request().connection());
        if (watched != null) {
            watched.begin(context.request());
            context.addEndHandler(_ -> watched.end());
        }
        context.next();
    }

    /** Closes what has taken too long. */
    void sweep() {
        long now = System.nanoTime();
        var slow = new ArrayList<HttpConnection>();
        connections.forEach((connection, watched) -> {
            if (watched.isTooSlow(now)) {
                slow.add(connection);
            }
        });
        slow.forEach(SlowClients::cut);
    }

    /** Vert.x's own ways to close wait until what is written was read, which is just what does not happen. */
    static void cut(HttpConnection connection) {
        if (connection instanceof ConnectionBase base) {
            var _ = base.channelHandlerContext().close();
        } else {
            var _ = connection.close();
        }
    }
}

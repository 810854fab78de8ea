package io.keyswitch.http;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Closes connections whose clients keep them for nothing: no request or only a part of its head, a body that does not come
 * to its end, an answer that is not read. When there are too many, the most idle one makes room for a new one: else whoever
 * opens many and says nothing would keep everybody out. Used on one event loop.
 */
final class SlowClients {
    static final Duration SWEEP = Duration.ofSeconds(1);

    private final long quiet;
    private final long half;
    private final int most;

    /**
     * Watches the connections of one listener.
     *
     * @param patience how long a connection may be without a request; a body, or an answer that waits to be read, gets half
     *     of it
     * @param most how many connections there may be
     */
    SlowClients(Duration patience, int most) {
        this.most = most;
        this.quiet = patience.toNanos();
        this.half = patience.toNanos() / 2;
    }

    private final class Watched {
        private @Nullable HttpServerRequest request;
        private boolean everAsked;
        private long since = System.nanoTime();
        private long writableAt = since;

        /** Nothing is lost with it. */
        boolean isIdle() {
            return request == null;
        }

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
            everAsked = true;
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
        if (connections.size() >= most && !makeRoom()) {
            cut(connection);
            return;
        }
        connections.put(connection, new Watched());
        connection.closeHandler(_ -> connections.remove(connection));
    }

    /** Closes the connection that has asked for nothing for the longest, first among those that never did. */
    private boolean makeRoom() {
        var order = Comparator.comparing((Map.Entry<HttpConnection, Watched> one) -> one.getValue().everAsked)
                .thenComparingLong(one -> one.getValue().since);
        var idle = connections.entrySet().stream()
                .filter(one -> one.getValue().isIdle())
                .min(order);
        idle.ifPresent(one -> {
            connections.remove(one.getKey());
            cut(one.getKey());
        });
        return idle.isPresent();
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

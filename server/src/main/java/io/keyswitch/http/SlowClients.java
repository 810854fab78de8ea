package io.keyswitch.http;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
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

    /** Those that never asked for anything, the oldest first. */
    private final Set<HttpConnection> silent = new LinkedHashSet<>();

    /** Those that were answered and ask for nothing now, the most idle first. */
    private final Set<HttpConnection> resting = new LinkedHashSet<>();

    /** A client has connected. */
    void connected(HttpConnection connection) {
        if (connections.size() >= most && !makeRoom()) {
            cut(connection);
            return;
        }
        connections.put(connection, new Watched());
        silent.add(connection);
        connection.closeHandler(_ -> forget(connection));
    }

    /** Closes the connection that has asked for nothing for the longest, first among those that never did. */
    private boolean makeRoom() {
        var idle = Stream.of(silent, resting).flatMap(Set::stream).findFirst();
        idle.ifPresent(connection -> {
            forget(connection);
            cut(connection);
        });
        return idle.isPresent();
    }

    private void forget(HttpConnection connection) {
        connections.remove(connection);
        silent.remove(connection);
        resting.remove(connection);
    }

    /** The head of a request is there. */
    void begun(RoutingContext context) {
        var connection = context.request().connection();
        var watched = connections.get(connection);
        if (watched != null) {
            watched.begin(context.request());
            silent.remove(connection);
            resting.remove(connection);
            context.addEndHandler(_ -> ended(connection, watched));
        }
        context.next();
    }

    /** A connection may be gone before its answer is. */
    private void ended(HttpConnection connection, Watched watched) {
        watched.end();
        if (connections.containsKey(connection)) {
            resting.add(connection);
        }
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

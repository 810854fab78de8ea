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
 * Closes idle and slow connections: no request or only a part of its head, a stalled body, a response that is not read.
 * At the connection limit, evicts the least recently active idle connection: otherwise a client that opens many would
 * lock everybody out. Used on one event loop.
 */
final class SlowClients {
    static final Duration SWEEP = Duration.ofSeconds(1);

    private final long quiet;
    private final long half;
    private final int most;

    /**
     * Creates the watcher of one listener's connections.
     *
     * @param patience how long a connection may be idle; a body, or a response that is not read, gets half of it
     * @param most the maximum number of connections
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
            // An ended response that is still watched has unread bytes; its write queue can no longer be queried.
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

    /** Connections without a request so far, oldest first. */
    private final Set<HttpConnection> silent = new LinkedHashSet<>();

    /** Keep-alive connections between requests, least recently active first. */
    private final Set<HttpConnection> resting = new LinkedHashSet<>();

    /** Registers a new connection; at the limit, evicts an idle one or else closes the new one. */
    void connected(HttpConnection connection) {
        if (connections.size() >= most && !makeRoom()) {
            cut(connection);
            return;
        }
        connections.put(connection, new Watched());
        silent.add(connection);
        connection.closeHandler(_ -> forget(connection));
    }

    /** Evicts the least recently active idle connection, preferably one that never sent a request. */
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

    /** Called when the head of a request was read. */
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

    /** The connection may be closed before its response has ended. */
    private void ended(HttpConnection connection, Watched watched) {
        watched.end();
        if (connections.containsKey(connection)) {
            resting.add(connection);
        }
    }

    /** Closes the connections that exceed their time limit. */
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

    /**
     * Closes the channel directly: Vert.x's close waits until pending writes were read, which a slow client prevents.
     */
    static void cut(HttpConnection connection) {
        if (connection instanceof ConnectionBase base) {
            var _ = base.channelHandlerContext().close();
        } else {
            var _ = connection.close();
        }
    }
}

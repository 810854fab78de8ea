package io.keyswitch.llm.connection;

import com.github.benmanes.caffeine.cache.Cache;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.netty.handler.ssl.SslHandler;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.ConnectOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The connection pool of one event loop. Used on that loop only, so that finding a connection takes no lock and no
 * thread switch.
 */
final class LoopConnections implements Http1Connection.Owner {
    /**
     * The idle time before a connection is reused. A surplus response mostly follows the first one at once; if it
     * arrives while the connection is idle, the connection is closed instead of reading it as the next response.
     */
    private static final Duration REST = Duration.ofMillis(50);
    /**
     * With this many idle connections in a lane, the oldest is reused at once, so that a busy lane does not exhaust the
     * provider's connections.
     */
    private static final int ENOUGH_AT_REST = 16;

    private static final String LAST_HANDLER = "handler";
    private static final String HTTP_2 = "h2";

    private record Waiting(Lane lane, boolean fresh, ConnectionListener listener) {}

    private final NetClient client;
    private final ConnectOptions tlsOptions;
    private final Cache<Origin, Boolean> distrusted;
    private final int maxIdle;
    private final Map<Lane, Deque<Http1Connection>> idle = new HashMap<>();
    private final LinkedHashSet<Http1Connection> idleOldestFirst = new LinkedHashSet<>();
    private final Map<Origin, List<Http2Connection>> multiplexed = new HashMap<>();
    /** Requests that wait for a connection whose protocol is being negotiated. */
    private final Map<Origin, List<Waiting>> negotiating = new HashMap<>();
    /** The TLS origins that negotiated HTTP/1.1, where each in-flight request needs its own connection. */
    private final Set<Origin> withoutHttp2 = new HashSet<>();

    /**
     * An empty pool.
     *
     * @param distrusted the origins that recently sent surplus bytes; shared by all event loops
     * @param maxIdle the maximum number of idle connections; active ones are limited by the number of requests
     */
    LoopConnections(NetClient client, ConnectOptions tlsOptions, Cache<Origin, Boolean> distrusted, int maxIdle) {
        this.maxIdle = maxIdle;
        this.client = client;
        this.tlsOptions = tlsOptions;
        this.distrusted = distrusted;
    }

    /**
     * Reuses or opens a connection.
     *
     * @param fresh whether the connection must not have carried a request before
     */
    void open(Lane lane, boolean fresh, ConnectionListener listener) {
        var found = fresh ? null : find(lane);
        if (found != null) {
            listener.opened(found);
            return;
        }
        var origin = lane.origin();
        if (!origin.tls() || withoutHttp2.contains(origin)) {
            connect(lane, listener);
            return;
        }
        var waiting = negotiating.get(origin);
        if (waiting != null) {
            waiting.add(new Waiting(lane, fresh, listener));
        } else {
            negotiating.put(origin, new ArrayList<>());
            connect(lane, listener);
        }
    }

    private @Nullable Connection find(Lane lane) {
        for (var connection : multiplexed.getOrDefault(lane.origin(), List.of())) {
            if (connection.hasRoom()) {
                return connection;
            }
        }
        return findIdle(lane);
    }

    /**
     * The connection that has been idle longest, so that a surplus response has had the most time to arrive; null if
     * none is usable.
     */
    private @Nullable Http1Connection findIdle(Lane lane) {
        var resting = idle.get(lane);
        while (resting != null && !resting.isEmpty()) {
            var oldest = resting.getFirst();
            boolean mayRest = resting.size() < ENOUGH_AT_REST;
            if (mayRest && oldest.isReused() && oldest.idleFor().compareTo(REST) < 0) {
                return null;
            }
            forget(oldest);
            if (!oldest.isExpired() && distrusted.getIfPresent(lane.origin()) == null) {
                return oldest;
            }
            oldest.discard();
        }
        return null;
    }

    private void connect(Lane lane, ConnectionListener listener) {
        var origin = lane.origin();
        try {
            var options = origin.tls() ? new ConnectOptions(tlsOptions) : new ConnectOptions();
            options.setHost(origin.host()).setPort(origin.port());
            if (origin.tls() && origin.hasName()) {
                options.setSniServerName(origin.host());
            }
            client.connect(options)
                    .onComplete(
                            socket -> connected(socket, lane, listener),
                            cause -> notConnected(origin, listener, cause));
        } catch (RuntimeException e) {
            notConnected(origin, listener, e);
        }
    }

    private void notConnected(Origin origin, ConnectionListener listener, Throwable cause) {
        var waiting = noLongerNegotiating(origin);
        listener.failed(cause);
        waiting.forEach(other -> other.listener().failed(cause));
    }

    private List<Waiting> noLongerNegotiating(Origin origin) {
        var waiting = negotiating.remove(origin);
        return waiting == null ? List.of() : waiting;
    }

    private void connected(NetSocket socket, Lane lane, ConnectionListener listener) {
        var origin = lane.origin();
        var context = ((NetSocketInternal) socket).channelHandlerContext();
        if (HTTP_2.equals(applicationProtocol(context))) {
            withoutHttp2.remove(origin);
            var connection = Http2Connection.start(context.channel(), LAST_HANDLER, origin, following(origin));
            multiplexed.computeIfAbsent(origin, _ -> new ArrayList<>()).addFirst(connection);
            listener.opened(connection);
        } else {
            if (origin.tls()) {
                withoutHttp2.add(origin);
            }
            var waiting = noLongerNegotiating(origin);
            listener.opened(startHttp1(context, lane));
            open(waiting);
        }
    }

    private void open(List<Waiting> waiting) {
        waiting.forEach(one -> open(one.lane(), one.fresh(), one.listener()));
    }

    private Http2Connection.Listener following(Origin origin) {
        return new Http2Connection.Listener() {
            @Override
            public void ready() {
                // The connection is new, so that it also serves waiting requests that need a fresh one.
                noLongerNegotiating(origin).forEach(one -> open(one.lane(), false, one.listener()));
            }

            @Override
            public void closed(Http2Connection connection) {
                LoopConnections.this.closed(connection);
            }
        };
    }

    private static @Nullable String applicationProtocol(ChannelHandlerContext context) {
        var tls = context.pipeline().get(SslHandler.class);
        return tls == null ? null : tls.applicationProtocol();
    }

    private Http1Connection startHttp1(ChannelHandlerContext context, Lane lane) {
        var decoder = new Http1ResponseDecoder();
        var connection = new Http1Connection(context.channel(), lane, decoder, this);
        context.pipeline()
                .addBefore(LAST_HANDLER, "requests", new HttpRequestEncoder())
                .addBefore(LAST_HANDLER, "responses", decoder)
                .addBefore(LAST_HANDLER, "connection", connection);
        return connection;
    }

    @Override
    public void idle(Http1Connection connection) {
        if (distrusted.getIfPresent(connection.lane().origin()) != null) {
            connection.discard();
            return;
        }
        idle.computeIfAbsent(connection.lane(), _ -> new ArrayDeque<>()).addLast(connection);
        idleOldestFirst.add(connection);
        if (idleOldestFirst.size() > maxIdle) {
            idleOldestFirst.getFirst().discard();
        }
    }

    /** Stops reusing connections to an origin for a while, because it may send surplus responses again. */
    @Override
    public void sentSurplus(Origin origin) {
        distrusted.put(origin, true);
        List.copyOf(idleOldestFirst).stream()
                .filter(connection -> connection.lane().origin().equals(origin))
                .forEach(Http1Connection::discard);
    }

    @Override
    public void closed(Http1Connection connection) {
        forget(connection);
    }

    private void forget(Http1Connection connection) {
        if (idleOldestFirst.remove(connection)) {
            idle.computeIfPresent(connection.lane(), (_, resting) -> {
                resting.remove(connection);
                return resting.isEmpty() ? null : resting;
            });
        }
    }

    private void closed(Http2Connection connection) {
        multiplexed.computeIfPresent(connection.origin(), (_, open) -> {
            open.remove(connection);
            return open.isEmpty() ? null : open;
        });
    }

    /** Closes connections that are unusable or have been idle for too long. */
    void closeExpired() {
        List.copyOf(idleOldestFirst).stream().filter(Http1Connection::isExpired).forEach(Http1Connection::discard);
        multiplexed.values().stream().flatMap(List::stream).toList().forEach(Http2Connection::closeIfIdle);
    }
}

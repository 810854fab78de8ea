package io.keyswitch.llm.connection;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.keyswitch.process.OpenFiles;
import io.netty.channel.EventLoop;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.ConnectOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.TrustOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Opens and pools the connections to providers: HTTP/2 if TLS negotiates it, else HTTP/1.1. Thread-safe. */
public final class Connections implements AutoCloseable {
    private static final Duration DISTRUST = Duration.ofMinutes(10);
    private static final int MAX_DISTRUSTED = 1000;
    /**
     * Per event loop, of which there is one per processor; half, because providers and plugins have pools of their own.
     */
    private static final int MAX_IDLE = OpenFiles.ofThisProcess().connections(2048)
            / 2
            / Runtime.getRuntime().availableProcessors();

    private static final long SWEEP_SECONDS = 5;

    private final NetClient client;
    private final ConnectOptions tlsOptions;
    private final Cache<Origin, Boolean> distrusted = Caffeine.newBuilder()
            .expireAfterWrite(DISTRUST)
            .maximumSize(MAX_DISTRUSTED)
            .build();
    private final Queue<Future<?>> sweeps = new ConcurrentLinkedQueue<>();
    private final Map<EventLoop, LoopConnections> loops = new ConcurrentHashMap<>();

    /**
     * Creates empty pools.
     *
     * @param connect the timeout for opening a TCP connection
     * @param trust the certificate authorities; null for those of the JDK
     */
    public Connections(Vertx vertx, Duration connect, @Nullable TrustOptions trust) {
        this.client = vertx.createNetClient(new NetClientOptions()
                .setConnectTimeout((int) connect.toMillis())
                .setTcpNoDelay(true));
        var tls = new ClientSSLOptions()
                .setHostnameVerificationAlgorithm("HTTPS")
                .setUseAlpn(true)
                .setApplicationLayerProtocols(List.of("h2", "http/1.1"));
        if (trust != null) {
            tls.setTrustOptions(trust);
        }
        this.tlsOptions = new ConnectOptions().setSsl(true).setSslOptions(tls);
    }

    /**
     * Finds or opens a connection for one request.
     *
     * @param context the current context, on whose event loop the connection is used
     * @param fresh whether to exclude connections that were used before
     */
    public void open(ContextInternal context, Lane lane, boolean fresh, ConnectionListener listener) {
        loops.computeIfAbsent(context.nettyEventLoop(), this::loop).open(lane, fresh, listener);
    }

    private LoopConnections loop(EventLoop loop) {
        var connections = new LoopConnections(client, tlsOptions, distrusted, MAX_IDLE);
        sweeps.add(loop.scheduleAtFixedRate(connections::closeExpired, SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS));
        return connections;
    }

    @Override
    public void close() {
        sweeps.forEach(sweep -> sweep.cancel(false));
        client.close().await();
    }
}

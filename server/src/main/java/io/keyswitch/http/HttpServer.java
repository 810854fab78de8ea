package io.keyswitch.http;

import io.keyswitch.http.callable.CallableRoutes;
import io.keyswitch.limits.AddressLimits;
import io.keyswitch.process.OpenFiles;
import io.keyswitch.secret.Pseudonyms;
import io.keyswitch.settings.Settings;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Listens on one port with every event loop. Thread-safe. */
public final class HttpServer implements AutoCloseable {
    private static final int EVENT_LOOPS = Math.max(2, Runtime.getRuntime().availableProcessors());
    private static final int MAX_HEADER_BYTES = 32 << 10;
    /** Time to send the errors of requests that did not finish before the drain timeout. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(3);

    private final Vertx vertx;
    private final Settings settings;
    private final Callers callers;
    private final BodyBudget bodyBudget;
    private final CallableRoutes callables;
    private final List<Consumer<Router>> routes;
    private final Runnable stopAnswers;
    private final Readiness readiness;
    private final int listeners;
    private final List<io.vertx.core.http.HttpServer> listening = new CopyOnWriteArrayList<>();

    private HttpServer(
            Vertx vertx,
            Settings settings,
            AddressLimits limits,
            CallableRoutes callables,
            List<Consumer<Router>> routes,
            Readiness readiness,
            Runnable stopAnswers) {
        this.vertx = vertx;
        this.settings = settings;
        this.callers = new Callers(settings, limits);
        this.bodyBudget = new BodyBudget(settings.limits().bodyBytes());
        this.callables = callables;
        this.routes = List.copyOf(routes);
        this.readiness = readiness;
        this.stopAnswers = stopAnswers;
        // With port 0, each listener would get a port of its own.
        this.listeners = settings.server().port() == 0 ? 1 : EVENT_LOOPS;
    }

    /**
     * Starts to listen.
     *
     * @param routes add the routes other than callable functions to a router; they read bodies themselves
     * @param stopAnswers ends in-flight answers with an error
     * @throws CannotListenException if the server cannot listen on the configured host and port
     */
    public static HttpServer start(
            Vertx vertx,
            Settings settings,
            AddressLimits limits,
            CallableRoutes callables,
            List<Consumer<Router>> routes,
            Readiness readiness,
            Runnable stopAnswers) {
        var server = new HttpServer(vertx, settings, limits, callables, routes, readiness, stopAnswers);
        try {
            vertx.deployVerticle(server::listener, new DeploymentOptions().setInstances(server.listeners))
                    .recover(failure -> Future.failedFuture(server.cannotListen(failure)))
                    .await(30, TimeUnit.SECONDS);
            return server;
        } catch (TimeoutException e) {
            throw server.cannotListen(e);
        }
    }

    private CannotListenException cannotListen(Throwable cause) {
        return new CannotListenException(
                settings.server().host(), settings.server().port(), cause);
    }

    private VerticleBase listener() {
        return new VerticleBase() {
            @Override
            public Future<?> start() {
                int connections = Math.ceilDiv(
                        OpenFiles.ofThisProcess().connections(settings.limits().connections()), listeners);
                var slowClients = new SlowClients(settings.timeouts().client(), connections);
                vertx.setPeriodic(SlowClients.SWEEP.toMillis(), _ -> slowClients.sweep());
                return vertx.createHttpServer(options())
                        .connectionHandler(connection -> {
                            watchFraming(connection);
                            slowClients.connected(connection);
                        })
                        .requestHandler(new RequestGate(router(slowClients)))
                        .listen(settings.server().port(), settings.server().host())
                        .onSuccess(listening::add);
            }
        };
    }

    private static void watchFraming(HttpConnection connection) {
        if (connection instanceof ConnectionBase base) {
            RequestFraming.watch(base.channelHandlerContext().pipeline());
        }
    }

    private HttpServerOptions options() {
        // A call without streaming sends nothing until its provider has answered; the longest must not look idle.
        var idle = settings.timeouts().total().plusMinutes(1);
        return new HttpServerOptions()
                .setTcpNoDelay(true)
                .setHttp2ClearTextEnabled(false)
                // Without WebSockets, nothing needs to look for them in every message.
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setMaxHeaderSize(MAX_HEADER_BYTES)
                .setMaxInitialLineLength(MAX_HEADER_BYTES)
                .setIdleTimeout((int) idle.toSeconds())
                .setIdleTimeoutUnit(TimeUnit.SECONDS);
    }

    private Router router(SlowClients slowClients) {
        var router = Router.router(vertx);
        var basePath = settings.server().basePath() == null
                ? null
                : new BasePath(settings.server().basePath());
        router.route().failureHandler(HttpServer::ignoreDisconnects);
        if (basePath != null) {
            router.route().handler(basePath::strip);
        }
        router.route().handler(slowClients::begun);
        router.route().handler(new RequestIds());
        if (settings.log().access()) {
            router.route().handler(new AccessLog(new Pseudonyms(settings.requireMasterKeys())));
        }
        router.route().handler(HttpServer::refuseUnknownCodings);
        router.route().handler(new Cors(settings.server().allowedOrigins()));
        router.route("/healthz")
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .handler(context -> context.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                        .end("{\"status\":\"ok\"}"));
        router.route("/readyz").method(HttpMethod.GET).method(HttpMethod.HEAD).handler(readiness);
        router.route().handler(callers);
        if (basePath != null) {
            router.route().handler(basePath::require);
        }
        router.route().handler(bodyBudget);
        routes.forEach(mount -> mount.accept(router));
        router.route()
                .handler(
                        BodyHandler.create(false).setBodyLimit(settings.limits().bodyBytes()));
        callables.mount(router);
        return router;
    }

    /** A client that disconnects during its request gets no response, and nothing is logged. */
    private static void ignoreDisconnects(RoutingContext context) {
        var failure = context.failure();
        if (!(failure instanceof HttpClosedException) && !(failure instanceof IOException)) {
            context.next();
        }
    }

    /** Rejects unknown transfer codings: the end of the body is unknown, so its bytes could be read as a request. */
    private static void refuseUnknownCodings(RoutingContext context) {
        boolean known = context.request().headers().getAll(HttpHeaders.TRANSFER_ENCODING).stream()
                .allMatch(coding -> coding.strip().equalsIgnoreCase("chunked"));
        if (known) {
            context.next();
        } else {
            // No response: while it is written, the following bytes would be handled as a request.
            SlowClients.cut(context.request().connection());
        }
    }

    /** The actual port, also if the setting is 0. */
    public int port() {
        return listening.getFirst().actualPort();
    }

    /** Stops accepting connections and lets in-flight requests finish, up to a deadline; then ends the rest with an error. */
    @Override
    public void close() {
        var drain = settings.timeouts().drain();
        vertx.setTimer(Math.max(1, drain.toMillis()), _ -> stopAnswers.run());
        var longest = drain.plus(LAST_WORDS).toMillis();
        var shutdowns = listening.stream()
                .map(server -> server.shutdown(longest, TimeUnit.MILLISECONDS))
                .toList();
        Future.join(shutdowns).otherwiseEmpty().await();
    }
}

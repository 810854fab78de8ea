package io.keyswitch.simulator;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stand-in for all providers: one HTTP server on 127.0.0.1. Thread-safe; not to be started or closed on an event
 * loop.
 */
public final class Simulator implements AutoCloseable {
    /** The only internal token the plugin workers take. */
    public static final String INTERNAL_TOKEN = "sim-internal-token";

    private static final Logger LOG = LoggerFactory.getLogger(Simulator.class);
    private static final String HOST = "127.0.0.1";
    private static final Duration WORD_PAUSE = Duration.ofMillis(25);

    private final Vertx vertx;
    private final Duration wordPause;
    private final BiConsumer<HttpServerRequest, Buffer> witness;
    private final Routes routes = new Routes();
    private final HttpServer server;

    private Simulator(Vertx vertx, int port, Duration wordPause, BiConsumer<HttpServerRequest, Buffer> witness) {
        this.vertx = vertx;
        this.wordPause = wordPause;
        this.witness = witness;
        this.server =
                vertx.createHttpServer(new HttpServerOptions().setHost(HOST).setPort(port));
        server.requestHandler(this::serve);
    }

    /**
     * Starts a simulator that takes 25 ms for a word, and waits until it listens.
     *
     * @param port the port; 0 for any free one
     * @throws IllegalStateException if the port is taken
     */
    public static Simulator start(Vertx vertx, int port) {
        return start(vertx, port, WORD_PAUSE);
    }

    /**
     * Starts a simulator and waits until it listens.
     *
     * @param port the port; 0 for any free one
     * @param wordPause the time each word takes; zero for none
     * @throws IllegalStateException if the port is taken
     */
    public static Simulator start(Vertx vertx, int port, Duration wordPause) {
        return start(vertx, port, wordPause, (_, _) -> {});
    }

    /**
     * Starts a simulator and waits until it listens.
     *
     * @param port the port; 0 for any free one
     * @param wordPause the time each word takes; zero for none
     * @param witness sees every request, with its body, before it is answered
     * @throws IllegalStateException if the port is taken
     */
    public static Simulator start(
            Vertx vertx, int port, Duration wordPause, BiConsumer<HttpServerRequest, Buffer> witness) {
        requireFree(port);
        var simulator = new Simulator(vertx, port, wordPause, witness);
        try {
            simulator.server.listen().toCompletionStage().toCompletableFuture().join();
        } catch (CompletionException failed) {
            throw taken(port, failed);
        }
        return simulator;
    }

    /** The port it listens on. */
    public int port() {
        return server.actualPort();
    }

    /** The address all provider paths are below, such as {@code http://127.0.0.1:9100}. */
    public String baseUrl() {
        return "http://" + HOST + ":" + port();
    }

    /** The help text: where each provider is, and which keys and model ids make it misbehave. */
    public static String guide() {
        return Guide.TEXT;
    }

    /** Stops listening and closes every connection. */
    @Override
    public void close() {
        server.close().toCompletionStage().toCompletableFuture().join();
    }

    /** Two servers of one Vert.x instance would share a port in silence, so the operating system is asked first. */
    private static void requireFree(int port) {
        if (port == 0) {
            return;
        }
        try (var probe = new ServerSocket(port, 1, InetAddress.ofLiteral(HOST))) {
            LOG.debug("Port {} is free", probe.getLocalPort());
        } catch (IOException failed) {
            throw taken(port, failed);
        }
    }

    private static IllegalStateException taken(int port, Exception cause) {
        return new IllegalStateException(
                "The simulator can't listen on " + HOST + ":" + port
                        + ", for the port is taken. Choose another with --port, or 0 for any free one.",
                cause);
    }

    private void serve(HttpServerRequest request) {
        request.body()
                .onSuccess(body -> witness.accept(request, body))
                .map(body -> routes.answer(Call.of(request, body)))
                .onSuccess(reply -> new Delivery(vertx, request, reply, wordPause).start())
                .onFailure(failed -> giveUp(request, failed));
    }

    /** A client that hung up needs no answer; a mistake of the simulator must not look like a provider that hangs. */
    private static void giveUp(HttpServerRequest request, Throwable failed) {
        LOG.warn("The simulator could not answer {} {}", request.method(), request.path(), failed);
        if (!request.response().closed() && !request.response().ended()) {
            request.response().setStatusCode(500).end("The simulator failed; its log says why.");
        }
    }
}

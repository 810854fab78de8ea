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

/** An HTTP server on 127.0.0.1 that simulates all providers. Thread-safe; do not start or close it on an event loop. */
public final class Simulator implements AutoCloseable {
    /** The only internal token that the plugin workers accept. */
    public static final String INTERNAL_TOKEN = "sim-internal-token";

    private static final Logger LOG = LoggerFactory.getLogger(Simulator.class);
    private static final String HOST = "127.0.0.1";
    /** Before each word, about the speed of a fast model. */
    public static final Duration WORD_PAUSE = Duration.ofMillis(25);

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
     * Starts a simulator with a delay of 25 ms per word and waits until it listens.
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
     * @param wordPause the delay per word; zero for no delay
     * @throws IllegalStateException if the port is taken
     */
    public static Simulator start(Vertx vertx, int port, Duration wordPause) {
        return start(vertx, port, wordPause, (_, _) -> {});
    }

    /**
     * Starts a simulator and waits until it listens.
     *
     * @param port the port; 0 for any free one
     * @param wordPause the delay per word; zero for no delay
     * @param witness called with every request and its body before the response is sent
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

    /** The base URL of all provider paths, such as {@code http://127.0.0.1:9100}. */
    public String baseUrl() {
        return "http://" + HOST + ":" + port();
    }

    /** The help text: the base URL of each provider, and the API keys and model IDs that trigger errors. */
    public static String guide() {
        return Guide.TEXT;
    }

    /** Stops listening and closes every connection. */
    @Override
    public void close() {
        server.close().toCompletionStage().toCompletableFuture().join();
    }

    /** Checks with the operating system, because Vert.x lets two servers of one instance share a port. */
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
                        + ": the port is in use. Choose another with --port, or 0 for any free one.",
                cause);
    }

    private void serve(HttpServerRequest request) {
        request.body()
                .onSuccess(body -> witness.accept(request, body))
                .map(body -> routes.answer(Call.of(request, body)))
                .onSuccess(reply -> new Delivery(vertx, request, reply, wordPause).start())
                .onFailure(failed -> giveUp(request, failed));
    }

    /** Responds 500 unless the client disconnected, so that a bug does not look like a provider that hangs. */
    private static void giveUp(HttpServerRequest request, Throwable failed) {
        LOG.warn("The simulator could not answer {} {}", request.method(), request.path(), failed);
        if (!request.response().closed() && !request.response().ended()) {
            request.response().setStatusCode(500).end("The simulator failed. See its log.");
        }
    }
}

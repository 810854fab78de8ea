package io.keyswitch.http;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * {@code /readyz}: whether requests should be sent here now: not while changes cannot be stored. However often it is asked,
 * there is one probe at a time, and one a second. Thread-safe.
 */
public final class Readiness implements Handler<RoutingContext> {
    private static final Duration FRESH = Duration.ofSeconds(1);

    private final Vertx vertx;
    private final Runnable probe;
    private final Executor executor;
    private @Nullable CompletableFuture<Boolean> latest;
    private long latestAt;

    /**
     * Creates the handler of a server.
     *
     * @param probe fails if changes cannot be stored; blocking
     * @param executor runs the probe
     */
    public Readiness(Vertx vertx, Runnable probe, Executor executor) {
        this.vertx = vertx;
        this.probe = probe;
        this.executor = executor;
    }

    @Override
    public void handle(RoutingContext request) {
        var context = vertx.getOrCreateContext();
        var _ = storable()
                .thenAccept(storable -> context.runOnContext(_ -> {
                    if (storable) {
                        answer(request, 200, "ok");
                    } else {
                        answer(request, 503, "database unavailable");
                    }
                }));
    }

    private static void answer(RoutingContext request, int status, String word) {
        if (request.response().closed()) {
            return;
        }
        if (status != 200) {
            request.response().putHeader(HttpHeaders.RETRY_AFTER, "1");
        }
        request.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end("{\"status\":\"" + word + "\"}");
    }

    private synchronized CompletableFuture<Boolean> storable() {
        long now = System.nanoTime();
        if (latest == null || (latest.isDone() && now - latestAt > FRESH.toNanos())) {
            latestAt = now;
            latest = CompletableFuture.runAsync(probe, executor).handle((_, failure) -> failure == null);
        }
        return latest;
    }
}

package io.keyswitch.http;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * {@code /readyz}: whether requests should be sent here now: not while changes cannot be stored. However often it is asked,
 * there is one probe at a time, and one a second. Thread-safe.
 */
public final class Readiness implements Handler<RoutingContext> {
    private static final Duration FRESH = Duration.ofSeconds(1);

    private final Vertx vertx;
    private final Runnable probe;
    private final Executor executor;
    private CompletableFuture<Boolean> latest = CompletableFuture.completedFuture(true);
    private boolean lastKnown = true;
    private long latestAt = System.nanoTime() - FRESH.toNanos();

    /**
     * Creates the handler of a server.
     *
     * @param probe fails if changes cannot be stored; blocking
     * @param executor runs the probe
     * @param metrics gets the gauge {@code keyswitch.ready}
     */
    public Readiness(Vertx vertx, Runnable probe, Executor executor, MeterRegistry metrics) {
        this.vertx = vertx;
        this.probe = probe;
        this.executor = executor;
        Gauge.builder("keyswitch.ready", this, Readiness::lastKnown)
                .description("1 if requests can be served, by the last probe; 0 if not")
                .register(metrics);
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

    /** The result of the last probe that has ended; begins the next one, since a scrape of the metrics does not wait. */
    private double lastKnown() {
        var _ = storable();
        synchronized (this) {
            return lastKnown ? 1 : 0;
        }
    }

    private synchronized CompletableFuture<Boolean> storable() {
        if (latest.isDone()) {
            lastKnown = latest.getNow(false);
            if (System.nanoTime() - latestAt >= FRESH.toNanos()) {
                latestAt = System.nanoTime();
                latest = CompletableFuture.runAsync(probe, executor).handle((_, failure) -> failure == null);
            }
        }
        return latest;
    }
}

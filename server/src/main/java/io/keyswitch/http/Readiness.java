package io.keyswitch.http;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * {@code /readyz}: whether requests should be sent here now: not while changes cannot be stored, or stored keys not be decrypted.
 * However often it is asked, there is one probe at a time, and one a second. Thread-safe.
 */
public final class Readiness implements Handler<RoutingContext> {
    private static final Duration FRESH = Duration.ofSeconds(1);

    /** While the database is away, any probe fails. */
    private static final String UNAVAILABLE = "database unavailable";

    private final Vertx vertx;
    private final Supplier<Optional<String>> probe;
    private final Executor executor;
    private CompletableFuture<Optional<String>> latest = CompletableFuture.completedFuture(Optional.empty());
    private Optional<String> known = Optional.empty();
    private long latestAt = System.nanoTime() - FRESH.toNanos();

    /**
     * Creates the handler of a server.
     *
     * @param probe finds what stands in the way, in two words; fails if changes cannot be stored; blocking
     * @param executor runs the probe
     * @param metrics gets the gauge {@code keyswitch.ready}
     */
    public Readiness(Vertx vertx, Supplier<Optional<String>> probe, Executor executor, MeterRegistry metrics) {
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
        var _ = obstacle()
                .thenAccept(obstacle -> context.runOnContext(_ -> {
                    if (obstacle.isEmpty()) {
                        answer(request, 200, "ok");
                    } else {
                        answer(request, 503, obstacle.get());
                    }
                }));
    }

    private static void answer(RoutingContext request, int status, String words) {
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
                .end("{\"status\":\"" + words + "\"}");
    }

    /** The result of the last probe that has ended; begins the next one, since a scrape of the metrics does not wait. */
    private double lastKnown() {
        var _ = obstacle();
        synchronized (this) {
            return known.isEmpty() ? 1 : 0;
        }
    }

    private synchronized CompletableFuture<Optional<String>> obstacle() {
        if (latest.isDone()) {
            known = latest.getNow(known);
            if (System.nanoTime() - latestAt >= FRESH.toNanos()) {
                latestAt = System.nanoTime();
                latest = CompletableFuture.supplyAsync(probe, executor).exceptionally(_ -> Optional.of(UNAVAILABLE));
            }
        }
        return latest;
    }
}

package io.keyswitch.http;

import io.keyswitch.settings.SettingsException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /readyz}: whether requests should be sent here now: not while changes cannot be stored or keys cannot be decrypted.
 * However often it is asked, there is one probe at a time, and one a second. Thread-safe.
 */
public final class Readiness implements Handler<RoutingContext> {
    private static final Logger LOG = LoggerFactory.getLogger(Readiness.class);
    private static final Duration FRESH = Duration.ofSeconds(1);
    private static final String READY = "ok";

    private final Vertx vertx;
    private final Runnable probe;
    private final Executor executor;
    private CompletableFuture<String> latest = CompletableFuture.completedFuture(READY);
    private String lastKnown = READY;
    private long latestAt = System.nanoTime() - FRESH.toNanos();

    /**
     * Creates the handler of a server.
     *
     * @param probe fails with a {@link SettingsException} if a master key is missing, otherwise if changes cannot be stored;
     *     blocking
     * @param executor runs the probe
     * @param metrics gets the gauge {@code keyswitch.ready}
     */
    public Readiness(Vertx vertx, Runnable probe, Executor executor, MeterRegistry metrics) {
        this.vertx = vertx;
        this.probe = probe;
        this.executor = executor;
        Gauge.builder("keyswitch.ready", this, Readiness::gauge)
                .description("1 if requests can be served, by the last probe; 0 if not")
                .register(metrics);
    }

    @Override
    public void handle(RoutingContext request) {
        var context = vertx.getOrCreateContext();
        var _ = probed().thenAccept(status -> context.runOnContext(_ -> answer(request, status)));
    }

    private static void answer(RoutingContext request, String status) {
        if (request.response().closed()) {
            return;
        }
        boolean ready = status.equals(READY);
        if (!ready) {
            request.response().putHeader(HttpHeaders.RETRY_AFTER, "1");
        }
        request.response()
                .setStatusCode(ready ? 200 : 503)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end("{\"status\":\"" + status + "\"}");
    }

    /** The result of the last probe that has ended; begins the next one, since a scrape of the metrics does not wait. */
    private double gauge() {
        var _ = probed();
        synchronized (this) {
            return lastKnown.equals(READY) ? 1 : 0;
        }
    }

    private synchronized CompletableFuture<String> probed() {
        if (latest.isDone()) {
            lastKnown = latest.getNow(READY);
            if (System.nanoTime() - latestAt >= FRESH.toNanos()) {
                latestAt = System.nanoTime();
                var before = lastKnown;
                latest = CompletableFuture.supplyAsync(() -> probe(before), executor);
            }
        }
        return latest;
    }

    private String probe(String before) {
        String status;
        try {
            probe.run();
            status = READY;
        } catch (SettingsException e) {
            status = "master key missing";
            log(before, status, e);
        } catch (RuntimeException e) {
            status = "database unavailable";
            log(before, status, e);
        }
        if (status.equals(READY) && !before.equals(READY)) {
            LOG.info("ready again");
        }
        return status;
    }

    private static void log(String before, String status, RuntimeException cause) {
        if (!before.equals(status)) {
            LOG.error("not ready, {}: {}", status, cause.getMessage());
        }
    }
}

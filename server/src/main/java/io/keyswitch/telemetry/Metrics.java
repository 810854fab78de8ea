package io.keyswitch.telemetry;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/**
 * All numbers of one server. No label names a user, a key or a model: what users choose would make as many rows as they like, and
 * who may read the numbers is not thereby one who may read about users. Thread-safe.
 */
public final class Metrics implements AutoCloseable {
    /** Of the text that {@link #text} returns. */
    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics pauses = new JvmGcMetrics();

    /** Begins to count what the machine does; the parts of the server add theirs to the {@link #registry}. */
    public Metrics() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        pauses.bindTo(registry);
    }

    /** Where parts of the server count. */
    public MeterRegistry registry() {
        return registry;
    }

    /** Everything counted so far, in Prometheus's text format. */
    public String text() {
        return registry.scrape(CONTENT_TYPE);
    }

    @Override
    public void close() {
        pauses.close();
        registry.close();
    }
}

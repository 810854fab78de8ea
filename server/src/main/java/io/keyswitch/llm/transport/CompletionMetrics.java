package io.keyswitch.llm.transport;

import io.keyswitch.provider.ProviderId;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Collection;

/** Metrics of completions by provider and outcome. Thread-safe. */
final class CompletionMetrics {
    private final MeterProvider<Timer> ended;

    /**
     * Registers the metrics.
     *
     * @param running the completions in flight
     */
    CompletionMetrics(MeterRegistry registry, Collection<?> running) {
        Gauge.builder("keyswitch.completions.running", running, Collection::size)
                .description("Completions in flight")
                .register(registry);
        ended = Timer.builder("keyswitch.completions")
                .description("Duration of completions, retries included")
                .withRegistry(registry);
    }

    void ended(ProviderId provider, Attempts.Ending ending, Duration took) {
        ended.withTags("provider", provider.value(), "outcome", outcome(ending)).record(took);
    }

    private static String outcome(Attempts.Ending ending) {
        return switch (ending) {
            case Attempts.Ending.Answered _ -> "answered";
            case Attempts.Ending.Cancelled _ -> "cancelled";
            case Attempts.Ending.GivenUp(var failure) -> failure.reason().word();
        };
    }
}

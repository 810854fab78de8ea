package io.keyswitch.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ReadinessTest {
    @Test
    void theMetricSaysWhatTheLastProbeHasFound() throws Exception {
        var vertx = Vertx.vertx();
        try {
            var away = new AtomicBoolean(true);
            var probes = new AtomicInteger();
            var metrics = new SimpleMeterRegistry();
            var readiness = new Readiness(
                    vertx,
                    () -> {
                        probes.incrementAndGet();
                        if (away.get()) {
                            throw new IllegalStateException("away");
                        }
                    },
                    Runnable::run,
                    metrics);
            assertThat(readiness).isNotNull();
            var gauge = metrics.get("keyswitch.ready").gauge();
            assertThat(gauge.value()).isOne();
            assertThat(gauge.value()).isZero();
            assertThat(gauge.value()).isZero();
            assertThat(probes).as("one a second").hasValue(1);
            away.set(false);
            Thread.sleep(1100);
            assertThat(gauge.value()).isZero();
            assertThat(gauge.value()).isOne();
            assertThat(probes).hasValue(2);
        } finally {
            vertx.close().await();
        }
    }
}

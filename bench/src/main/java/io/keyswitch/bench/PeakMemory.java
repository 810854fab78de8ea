package io.keyswitch.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** The most memory that a process and its descendants use until this is closed, looked at twice a second. */
final class PeakMemory implements AutoCloseable {
    private static final Duration STEP = Duration.ofMillis(500);

    private final AtomicLong peak = new AtomicLong();
    private final Thread sampler;

    PeakMemory(ProcessHandle process) {
        sampler = Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    Thread.sleep(STEP);
                    peak.accumulateAndGet(Usage.memory(process), Math::max);
                }
            } catch (InterruptedException | IOException _) {
                // Closed, or the process has ended.
            }
        });
    }

    long bytes() {
        return peak.get();
    }

    @Override
    public void close() {
        sampler.interrupt();
    }
}

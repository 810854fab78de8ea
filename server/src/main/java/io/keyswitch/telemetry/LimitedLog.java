package io.keyswitch.telemetry;

import io.github.bucket4j.Bucket;
import java.time.Duration;
import org.slf4j.Logger;

/**
 * A rate-limited log for events that others can cause at will; lines above the limit per minute are dropped.
 * Thread-safe.
 */
public final class LimitedLog {
    private final Logger log;
    private final Bucket lines;

    public LimitedLog(Logger log, int linesAMinute) {
        this.log = log;
        this.lines = Bucket.builder()
                .addLimit(limit -> limit.capacity(linesAMinute).refillGreedy(linesAMinute, Duration.ofMinutes(1)))
                .build();
    }

    /** Logs routine information. */
    public void info(String format, Object... arguments) {
        if (lines.tryConsume(1)) {
            log.info(format, arguments);
        }
    }

    /** Logs an error that the operator must fix. */
    public void error(String format, Object... arguments) {
        if (lines.tryConsume(1)) {
            log.error(format, arguments);
        }
    }

    /** Logs a condition that the operator should check. */
    public void warn(String format, Object... arguments) {
        if (lines.tryConsume(1)) {
            log.warn(format, arguments);
        }
    }
}

package io.keyswitch.telemetry;

import io.github.bucket4j.Bucket;
import java.time.Duration;
import org.slf4j.Logger;

/** A log for what others can bring about at will: so many lines a minute, the rest is dropped. Thread-safe. */
public final class LimitedLog {
    private final Logger log;
    private final Bucket lines;

    public LimitedLog(Logger log, int linesAMinute) {
        this.log = log;
        this.lines = Bucket.builder()
                .addLimit(limit -> limit.capacity(linesAMinute).refillGreedy(linesAMinute, Duration.ofMinutes(1)))
                .build();
    }

    /** Logs for whoever wants to know. */
    public void info(String format, Object... arguments) {
        if (lines.tryConsume(1)) {
            log.info(format, arguments);
        }
    }

    /** Logs what the operator must mend. */
    public void error(String format, Object... arguments) {
        if (lines.tryConsume(1)) {
            log.error(format, arguments);
        }
    }

    /** Logs what the operator should look at. */
    public void warn(String format, Object... arguments) {
        if (lines.tryConsume(1)) {
            log.warn(format, arguments);
        }
    }
}

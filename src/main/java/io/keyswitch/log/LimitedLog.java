package io.keyswitch.log;

import io.github.bucket4j.Bucket;
import java.time.Duration;
import org.slf4j.Logger;

/** A log for what others can bring about at will: {@value #LINES_A_MINUTE} lines a minute, the rest is dropped. Thread-safe. */
public final class LimitedLog {
    private static final int LINES_A_MINUTE = 60;

    private final Logger log;
    private final Bucket lines = Bucket.builder()
            .addLimit(limit -> limit.capacity(LINES_A_MINUTE).refillGreedy(LINES_A_MINUTE, Duration.ofMinutes(1)))
            .build();

    public LimitedLog(Logger log) {
        this.log = log;
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

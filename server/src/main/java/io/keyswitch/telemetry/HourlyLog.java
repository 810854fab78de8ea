package io.keyswitch.telemetry;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;

/**
 * A log for conditions that recur until somebody fixes them: one line per hour and subject, with the number of occurrences
 * since the last one. Thread-safe.
 *
 * @param <S> what the lines are about, such as a user
 */
public final class HourlyLog<S> {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final int MAX_SUBJECTS = 2_000;

    /** The last line about a subject. */
    private static final class Line {
        private final long at = System.nanoTime();
        private final AtomicLong since = new AtomicLong();
    }

    private final Logger log;
    private final Cache<S, Line> lines = Caffeine.newBuilder()
            .maximumSize(MAX_SUBJECTS)
            .expireAfterAccess(HOUR.multipliedBy(2))
            .build();

    public HourlyLog(Logger log) {
        this.log = log;
    }

    /**
     * Logs a warning, unless one about the same subject was logged within the last hour.
     *
     * @param format the message; the number of suppressed lines since the last one is appended
     */
    public void warn(S subject, String format, Object... arguments) {
        var before = lines.getIfPresent(subject);
        if (before != null && System.nanoTime() - before.at < HOUR.toNanos()) {
            before.since.incrementAndGet();
            return;
        }
        lines.put(subject, new Line());
        long more = before == null ? 0 : before.since.get();
        log.warn(more == 0 ? format : format + " (and " + more + " more times since the last line)", arguments);
    }
}

package io.keyswitch.llm.transport;

import io.netty.handler.codec.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** The {@code Retry-After} header (RFC 9110, section 10.2.3), in seconds or as a date. */
final class RetryAfter {
    /** The cap for longer delays: no caller waits that long. */
    private static final Duration LONGEST = Duration.ofHours(24);

    private RetryAfter() {}

    static @Nullable Duration of(HttpHeaders headers, InstantSource clock) {
        var value = headers.get("retry-after");
        if (value == null) {
            return null;
        }
        var wait = value.matches("\\d{1,9}") ? Duration.ofSeconds(Long.parseLong(value)) : untilDate(value, clock);
        if (wait == null || wait.isNegative()) {
            return null;
        }
        return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }

    private static @Nullable Duration untilDate(String value, InstantSource clock) {
        try {
            var date = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME);
            return Duration.between(clock.instant(), date.toInstant());
        } catch (DateTimeException _) {
            return null;
        }
    }
}

package io.keyswitch.llm.transport;

import io.netty.handler.codec.http.HttpHeaders;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The {@code Retry-After} header (RFC 9110, section 10.2.3), in seconds, some of which providers divide, or as a date; or
 * OpenAI's {@code retry-after-ms}, which is more exact.
 */
final class RetryAfter {
    /** The cap for longer delays: no caller waits that long. */
    private static final Duration LONGEST = Duration.ofHours(24);

    private static final Pattern NUMBER = Pattern.compile("\\d{1,12}(?:\\.\\d{1,9})?");

    private RetryAfter() {}

    static @Nullable Duration of(HttpHeaders headers, InstantSource clock) {
        var wait = milliseconds(headers.get("retry-after-ms"));
        if (wait == null) {
            wait = secondsOrDate(headers.get("retry-after"), clock);
        }
        if (wait == null || wait.isNegative()) {
            return null;
        }
        return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }

    private static @Nullable Duration milliseconds(@Nullable String value) {
        return value == null || !NUMBER.matcher(value).matches()
                ? null
                : Duration.ofMillis(new BigDecimal(value).longValue());
    }

    /** Rounded up, because a retry before the end of the wait is refused again. */
    private static @Nullable Duration secondsOrDate(@Nullable String value, InstantSource clock) {
        if (value == null) {
            return null;
        }
        return NUMBER.matcher(value).matches()
                ? Duration.ofSeconds(
                        new BigDecimal(value).setScale(0, RoundingMode.CEILING).longValue())
                : untilDate(value, clock);
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

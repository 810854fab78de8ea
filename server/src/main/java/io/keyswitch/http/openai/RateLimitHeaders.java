package io.keyswitch.http.openai;

import io.keyswitch.limits.UserLimits;
import java.math.BigDecimal;
import java.time.Duration;

/** The headers with which OpenAI reports a rate limit, filled with the user's requests per minute. */
final class RateLimitHeaders {
    private RateLimitHeaders() {}

    static void add(UserLimits.Quota quota, ClientResponse answer) {
        answer.header("x-ratelimit-limit-requests", Long.toString(quota.limit()));
        answer.header("x-ratelimit-remaining-requests", Long.toString(quota.remaining()));
        answer.header("x-ratelimit-reset-requests", goDuration(quota.resetsIn()));
    }

    /** A duration as Go prints it, in milliseconds and without hours: {@code 12ms}, {@code 1.5s}, {@code 6m0s}. */
    static String goDuration(Duration duration) {
        long millis = duration.toMillis();
        if (millis > 0 && millis < 1000) {
            return millis + "ms";
        }
        var seconds =
                BigDecimal.valueOf(millis % 60_000, 3).stripTrailingZeros().toPlainString() + "s";
        return millis < 60_000 ? seconds : millis / 60_000 + "m" + seconds;
    }
}

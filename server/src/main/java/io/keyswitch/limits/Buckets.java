package io.keyswitch.limits;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.keyswitch.core.Details;
import io.keyswitch.core.Failure;
import io.keyswitch.core.Reason;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** Creates token buckets driven by a clock, and the failures of exceeded limits. */
final class Buckets {
    /** A limit as reported to a caller that exceeds it. */
    record Limit(int amount, Reason reason) {}

    /** The details of an exceeded limit. */
    private record Reached(int limit, Instant resetsAt, Duration retryAfter) implements Details {
        @Override
        public Map<String, Object> fields() {
            return Map.of(
                    "limit",
                    limit,
                    "remaining",
                    0,
                    "resetsAt",
                    resetsAt.truncatedTo(ChronoUnit.SECONDS).toString(),
                    "retryAfterSeconds",
                    retryAfter.toSeconds());
        }

        @Override
        public Map<String, String> arguments() {
            return Map.of("limit", Integer.toString(limit));
        }
    }

    /** The heap size of a bucket in bytes, measured. */
    static final int BYTES = 250;

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration DAY = Duration.ofDays(1);

    private final InstantSource clock;

    Buckets(InstantSource clock) {
        this.clock = clock;
    }

    /** A bucket with an amount per minute, refilled continuously. */
    Bucket perMinute(int amount) {
        return of(Bandwidth.builder()
                .capacity(atLeastOne(amount))
                .refillGreedy(atLeastOne(amount), MINUTE)
                .build());
    }

    private Instant midnight() {
        return clock.instant().truncatedTo(ChronoUnit.DAYS).plus(DAY);
    }

    /** Bucket4j requires a capacity of at least 1; {@link #take} rejects everything with a limit of 0. */
    private static int atLeastOne(int amount) {
        return Math.max(1, amount);
    }

    private Bucket of(Bandwidth bandwidth) {
        return Bucket.builder()
                .addLimit(bandwidth)
                .withCustomTimePrecision(new Meter(clock))
                .build();
    }

    private record Meter(InstantSource clock) implements TimeMeter {
        @Override
        public long currentTimeNanos() {
            return Duration.ofMillis(clock.millis()).toNanos();
        }

        @Override
        public boolean isWallClockBased() {
            return true;
        }
    }

    /**
     * Takes tokens from a bucket.
     *
     * @throws Failure if it has fewer
     */
    void take(Bucket bucket, int amount, Limit limit) {
        if (limit.amount() < amount) {
            throw refusalUntilMidnight(limit);
        }
        var probe = bucket.tryConsumeAndReturnRemaining(amount);
        if (!probe.isConsumed()) {
            throw refusal(limit, Duration.ofNanos(probe.getNanosToWaitForRefill()));
        }
    }

    /** The failure of an exceeded limit per day. */
    Failure refusalUntilMidnight(Limit limit) {
        return refusal(limit, Duration.between(clock.instant(), midnight()));
    }

    Failure refusal(Limit limit, Duration wait) {
        long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
        var reached = new Reached(limit.amount(), clock.instant().plusSeconds(seconds), Duration.ofSeconds(seconds));
        return new Failure(limit.reason(), reached);
    }
}

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

/** Buckets that count by a clock, and the failure when one is empty. */
final class Buckets {
    /** A limit as reported to the caller who has reached it. */
    record Limit(int amount, Reason reason) {}

    /** The facts of a limit that was reached. */
    private record Reached(int limit, Instant resetsAt, Duration retryAfter) implements Details {
        @Override
        public Map<String, Object> fields() {
            return Map.of(
                    "limit",
                    limit,
                    "remaining",
                    0,
                    "resetsAt",
                    resetsAt.toString(),
                    "retryAfterSeconds",
                    retryAfter.toSeconds());
        }

        @Override
        public Map<String, String> arguments() {
            return Map.of("limit", Integer.toString(limit));
        }
    }

    /** What a bucket takes of the memory; measured. */
    static final int BYTES = 250;

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration DAY = Duration.ofDays(1);

    private final InstantSource clock;

    Buckets(InstantSource clock) {
        this.clock = clock;
    }

    /** So much a minute, refilled continuously. */
    Bucket perMinute(int amount) {
        return of(Bandwidth.builder()
                .capacity(atLeastOne(amount))
                .refillGreedy(atLeastOne(amount), MINUTE)
                .build());
    }

    /** So much a day, filled up at midnight UTC. */
    Bucket perDay(int amount) {
        return of(Bandwidth.builder()
                .capacity(atLeastOne(amount))
                .refillIntervallyAligned(atLeastOne(amount), DAY, midnight())
                .build());
    }

    private Instant midnight() {
        return clock.instant().truncatedTo(ChronoUnit.DAYS).plus(DAY);
    }

    /** Bucket4j knows no bucket of nothing; a limit of 0 is refused before it is asked. */
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
     * Takes some from a bucket.
     *
     * @throws Failure if it holds less
     */
    void take(Bucket bucket, int amount, Limit limit) {
        if (limit.amount() < amount) {
            throw refusal(limit, Duration.between(clock.instant(), midnight()));
        }
        var probe = bucket.tryConsumeAndReturnRemaining(amount);
        if (!probe.isConsumed()) {
            throw refusal(limit, Duration.ofNanos(probe.getNanosToWaitForRefill()));
        }
    }

    Failure refusal(Limit limit, Duration wait) {
        long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
        var reached = new Reached(limit.amount(), clock.instant().plusSeconds(seconds), Duration.ofSeconds(seconds));
        return new Failure(limit.reason(), reached);
    }
}

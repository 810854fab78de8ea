package io.keyswitch.limits;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.keyswitch.core.Failure;
import io.keyswitch.core.FailureCode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** Buckets that count by a clock, and what is said when one is empty. */
final class Buckets {
    /**
     * A limit as reported to the caller who has reached it.
     *
     * @param reason a word for programs
     */
    record Limit(int amount, String reason, String sentence) {}

    /** What a bucket takes of the memory; measured. */
    static final int BYTES = 250;

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration DAY = Duration.ofDays(1);

    private final InstantSource clock;

    Buckets(InstantSource clock) {
        this.clock = clock;
    }

    /** So much a minute, refilled evenly. */
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
        return new Failure(
                FailureCode.RESOURCE_EXHAUSTED,
                limit.sentence(),
                Map.of(
                        "reason",
                        limit.reason(),
                        "limit",
                        limit.amount(),
                        "remaining",
                        0,
                        "resetsAt",
                        clock.instant().plusSeconds(seconds).toString(),
                        "retryAfterSeconds",
                        seconds));
    }
}

package io.keyswitch.limits;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.keyswitch.failure.Failure;
import io.keyswitch.failure.FailureCode;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/** Buckets that refill evenly, and what is said when one is empty. */
final class Buckets {
    /**
     * A limit as the one who meets it is told of it.
     *
     * @param reason a word for programs
     */
    record Limit(int amount, String reason, String sentence) {}

    private Buckets() {}

    static Bucket of(int capacity, Duration period) {
        // Bucket4j knows no bucket of nothing; a limit of 0 is refused before it is asked.
        var bandwidth = Bandwidth.builder()
                .capacity(Math.max(1, capacity))
                .refillGreedy(Math.max(1, capacity), period)
                .build();
        return Bucket.builder().addLimit(bandwidth).build();
    }

    /**
     * Takes one from a bucket.
     *
     * @throws Failure if it is empty
     */
    static void take(Bucket bucket, Limit limit, InstantSource clock) {
        if (limit.amount() == 0) {
            throw refusal(limit, Duration.ofDays(1), clock);
        }
        var probe = bucket.tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            throw refusal(limit, Duration.ofNanos(probe.getNanosToWaitForRefill()), clock);
        }
    }

    static Failure refusal(Limit limit, Duration wait, InstantSource clock) {
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

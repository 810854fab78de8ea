package io.keyswitch.limits;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.keyswitch.failure.Failure;
import io.keyswitch.failure.FailureCode;
import io.keyswitch.settings.Settings;
import io.keyswitch.user.UserId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Semaphore;

/** The limits of each user. Thread-safe. */
public final class UserLimits {
    /** Held while a completion runs. */
    public interface Permit extends AutoCloseable {
        @Override
        void close();
    }

    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Settings.Limits limits;
    private final InstantSource clock;
    private final LoadingCache<UserId, Bucket> requests;
    private final LoadingCache<UserId, Bucket> projectKeyMessages;
    private final LoadingCache<UserId, Semaphore> completions;

    public UserLimits(Settings.Limits limits, InstantSource clock) {
        this.limits = limits;
        this.clock = clock;
        this.requests = Caffeine.newBuilder()
                .expireAfterAccess(MINUTE.multipliedBy(2))
                .build(_ -> bucket(limits.requestsPerMinute(), MINUTE));
        this.projectKeyMessages = Caffeine.newBuilder()
                .expireAfterAccess(DAY.multipliedBy(2))
                .build(_ -> bucket(limits.projectKeyMessagesPerDay(), DAY));
        // A user's semaphore lives as long as a permit of it is held.
        this.completions = Caffeine.newBuilder().weakValues().build(_ -> new Semaphore(limits.concurrentCompletions()));
    }

    private static Bucket bucket(int capacity, Duration period) {
        // Bucket4j knows no bucket of nothing; a limit of 0 is refused before it is asked.
        var bandwidth = Bandwidth.builder()
                .capacity(Math.max(1, capacity))
                .refillGreedy(Math.max(1, capacity), period)
                .build();
        return Bucket.builder().addLimit(bandwidth).build();
    }

    /**
     * Counts a request.
     *
     * @throws Failure if there were too many in the last minute
     */
    public void countRequest(UserId user) {
        take(
                requests.get(user),
                limits.requestsPerMinute(),
                "You have sent too many requests. Please wait a moment.",
                "requests_per_minute");
    }

    private void countProjectKeyMessage(UserId user) {
        take(
                projectKeyMessages.get(user),
                limits.projectKeyMessagesPerDay(),
                "Your allowance of messages on the default key is used up for today. Say “change my model” to use your own key.",
                "project_key_messages_per_day");
    }

    private void take(Bucket bucket, int limit, String sentence, String reason) {
        if (limit == 0) {
            throw refusal(sentence, reason, limit, DAY);
        }
        var probe = bucket.tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            throw refusal(sentence, reason, limit, Duration.ofNanos(probe.getNanosToWaitForRefill()));
        }
    }

    private Failure refusal(String sentence, String reason, int limit, Duration wait) {
        long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
        return new Failure(
                FailureCode.RESOURCE_EXHAUSTED,
                sentence,
                Map.of(
                        "reason",
                        reason,
                        "limit",
                        limit,
                        "remaining",
                        0,
                        "resetsAt",
                        clock.instant().plusSeconds(seconds).toString(),
                        "retryAfterSeconds",
                        seconds));
    }

    /**
     * Claims one of the user's completions.
     *
     * @param onProjectKey whether it counts in the user's allowance for the day
     * @throws Failure if as many as allowed are running, or the allowance is used up
     */
    public Permit beginCompletion(UserId user, boolean onProjectKey) {
        var semaphore = completions.get(user);
        if (!semaphore.tryAcquire()) {
            throw refusal(
                    "%d of your messages are being answered already. Please wait for one of them."
                            .formatted(limits.concurrentCompletions()),
                    "concurrent_completions",
                    limits.concurrentCompletions(),
                    Duration.ofSeconds(1));
        }
        try {
            if (onProjectKey) {
                countProjectKeyMessage(user);
            }
            return semaphore::release;
        } catch (Failure e) {
            semaphore.release();
            throw e;
        }
    }
}

package io.keyswitch.limits;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import io.keyswitch.core.Failure;
import io.keyswitch.core.Reason;
import io.keyswitch.core.UserId;
import io.keyswitch.process.HeapShare;
import io.keyswitch.settings.Settings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;

/** The rate limits and daily limits of each user. Thread-safe. */
public final class UserLimits {
    /** Permits one completion until closed. */
    public interface Permit extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * What is left of a user's requests per minute.
     *
     * @param resetsIn until all are available again, without further requests
     */
    public record Quota(long limit, long remaining, Duration resetsIn) {}

    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Settings.Limits limits;
    private final Buckets buckets;
    private final LoadingCache<UserId, Bucket> requests;
    private final LoadingCache<UserId, Bucket> projectKeyMessages;
    private final LoadingCache<UserId, Bucket> messageCharacters;
    private final LoadingCache<UserId, Semaphore> completions;

    public UserLimits(Settings.Limits limits, InstantSource clock) {
        this.limits = limits;
        this.buckets = new Buckets(clock);
        this.requests = HeapShare.REQUESTS_PER_MINUTE
                .cache(UserLimits::bytes)
                .expireAfterAccess(MINUTE.multipliedBy(2))
                .build(_ -> buckets.perMinute(limits.requestsPerMinute()));
        this.projectKeyMessages = daily(HeapShare.MESSAGES_PER_DAY, limits.projectKeyMessagesPerDay());
        this.messageCharacters = daily(HeapShare.CHARACTERS_PER_DAY, limits.messageCharactersPerDay());
        // A user's semaphore is kept only while one of its permits is held.
        this.completions = Caffeine.newBuilder().weakValues().build(_ -> new Semaphore(limits.concurrentCompletions()));
    }

    private static int bytes(UserId user, Bucket bucket) {
        return HeapShare.bytes(Buckets.BYTES, user.value());
    }

    private LoadingCache<UserId, Bucket> daily(HeapShare share, int amount) {
        return share.cache(UserLimits::bytes).expireAfterAccess(DAY).build(_ -> buckets.perDay(amount));
    }

    /**
     * Counts a request.
     *
     * @throws Failure if the user exceeds the rate limit
     */
    public void countRequest(UserId user) {
        buckets.take(requests.get(user), 1, new Buckets.Limit(limits.requestsPerMinute(), Reason.REQUESTS_PER_MINUTE));
    }

    /** What is left of the requests that {@link #countRequest} counts. */
    public Quota requestQuota(UserId user) {
        long limit = limits.requestsPerMinute();
        long remaining = requests.get(user).getAvailableTokens();
        return new Quota(
                limit, remaining, MINUTE.multipliedBy(limit - remaining).dividedBy(limit));
    }

    /**
     * Counts the characters of a message.
     *
     * @throws Failure if the limit since midnight UTC is exceeded
     */
    public void countCharacters(UserId user, int characters) {
        buckets.take(
                messageCharacters.get(user),
                Math.max(1, characters),
                new Buckets.Limit(limits.messageCharactersPerDay(), Reason.MESSAGE_CHARACTERS_PER_DAY));
    }

    private void countProjectKeyMessage(UserId user) {
        buckets.take(
                projectKeyMessages.get(user),
                1,
                new Buckets.Limit(limits.projectKeyMessagesPerDay(), Reason.PROJECT_KEY_MESSAGES_PER_DAY));
    }

    /**
     * Acquires a permit for one completion of the user.
     *
     * @param onProjectKey whether it counts towards the user's daily messages on the project key
     * @throws Failure if too many completions are in flight, or the daily limit is reached
     */
    public Permit beginCompletion(UserId user, boolean onProjectKey) {
        var semaphore = completions.get(user);
        if (!semaphore.tryAcquire()) {
            var limit = new Buckets.Limit(limits.concurrentCompletions(), Reason.CONCURRENT_COMPLETIONS);
            throw buckets.refusal(limit, Duration.ofSeconds(1));
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

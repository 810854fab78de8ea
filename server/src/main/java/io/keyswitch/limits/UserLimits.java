package io.keyswitch.limits;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.keyswitch.core.Failure;
import io.keyswitch.core.Reason;
import io.keyswitch.core.UserId;
import io.keyswitch.process.HeapShare;
import io.keyswitch.settings.Settings;
import io.keyswitch.sql.Database;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** The rate limits and daily limits of each user. Thread-safe. */
public final class UserLimits implements AutoCloseable {
    /** Permits one completion until closed. */
    public interface Permit extends AutoCloseable {
        @Override
        void close();

        /** Closes it, and does not count the completion: it was not begun. */
        void giveBack();
    }

    private record Held(Semaphore semaphore, Runnable uncount) implements Permit {
        @Override
        public void close() {
            semaphore.release();
        }

        @Override
        public void giveBack() {
            uncount.run();
            close();
        }
    }

    /**
     * What is left of a user's requests per minute.
     *
     * @param resetsIn until all are available again, without further requests
     */
    public record Quota(long limit, long remaining, Duration resetsIn) {}

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Settings.Limits limits;
    private final Buckets buckets;
    private final RequestRates requests;
    private final DailyAllowance projectKeyMessages;
    private final DailyAllowance messageCharacters;
    private final LoadingCache<UserId, Semaphore> completions;

    public UserLimits(Settings.Limits limits, Database database, InstantSource clock) {
        this.limits = limits;
        this.buckets = new Buckets(clock);
        this.requests = new RequestRates(limits.requestsPerMinute(), database, clock);
        this.projectKeyMessages = DailyAllowance.of(
                database,
                clock,
                HeapShare.MESSAGES_PER_DAY,
                limits.projectKeyMessagesPerDay(),
                Reason.PROJECT_KEY_MESSAGES_PER_DAY);
        this.messageCharacters = DailyAllowance.of(
                database,
                clock,
                HeapShare.CHARACTERS_PER_DAY,
                limits.messageCharactersPerDay(),
                Reason.MESSAGE_CHARACTERS_PER_DAY);
        // A user's semaphore is kept only while one of its permits is held.
        this.completions = Caffeine.newBuilder()
                .executor(Runnable::run)
                .weakValues()
                .build(_ -> new Semaphore(limits.concurrentCompletions()));
    }

    /**
     * Counts a request.
     *
     * @throws Failure if the user exceeds the rate limit
     */
    public void countRequest(UserId user) {
        requests.count(user);
    }

    /** What is left of the requests that {@link #countRequest} counts. */
    public Quota requestQuota(UserId user) {
        long limit = limits.requestsPerMinute();
        long remaining = requests.remaining(user);
        return new Quota(
                limit, remaining, MINUTE.multipliedBy(limit - remaining).dividedBy(limit));
    }

    /**
     * Counts the characters of a message; may block.
     *
     * @throws Failure if the limit since midnight UTC is exceeded
     */
    public void countCharacters(UserId user, int characters) {
        messageCharacters.use(user, Math.max(1, characters));
    }

    /**
     * Acquires a permit for one completion of the user; may block.
     *
     * @param onProjectKey whether it counts towards the user's daily messages on the project key
     * @throws Failure if too many completions are in flight, or the daily limit is reached
     */
    public Permit beginCompletion(UserId user, boolean onProjectKey) {
        var permit = completion(user, onProjectKey);
        try {
            if (onProjectKey) {
                projectKeyMessages.use(user, 1);
            }
            return permit;
        } catch (RuntimeException e) {
            permit.close();
            throw e;
        }
    }

    /**
     * Acquires a permit like {@link #beginCompletion}, if that is possible without blocking; else null.
     *
     * @throws Failure if too many completions are in flight
     */
    public @Nullable Permit tryBeginCompletion(UserId user, boolean onProjectKey) {
        var permit = completion(user, onProjectKey);
        if (!onProjectKey || projectKeyMessages.tryUse(user, 1)) {
            return permit;
        }
        permit.close();
        return null;
    }

    private Permit completion(UserId user, boolean onProjectKey) {
        var semaphore = completions.get(user);
        if (!semaphore.tryAcquire()) {
            var limit = new Buckets.Limit(limits.concurrentCompletions(), Reason.CONCURRENT_COMPLETIONS);
            throw buckets.refusal(limit, Duration.ofSeconds(1));
        }
        long day = projectKeyMessages.today();
        return new Held(semaphore, onProjectKey ? () -> projectKeyMessages.giveBack(user, 1, day) : () -> {});
    }

    /** Lets the processes on one database know of each other's requests. To be called about twice a second. */
    public void exchange() {
        requests.exchange();
    }

    /** Deletes what no process needs to know any more. To be called regularly. */
    public void deleteOld() {
        requests.deleteOld();
    }

    /** Gives back what this process has taken of daily limits and not used. */
    @Override
    public void close() {
        try {
            projectKeyMessages.giveBack();
        } finally {
            messageCharacters.giveBack();
        }
    }
}

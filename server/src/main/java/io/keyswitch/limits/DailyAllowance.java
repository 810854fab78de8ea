package io.keyswitch.limits;

import com.github.benmanes.caffeine.cache.LoadingCache;
import com.github.benmanes.caffeine.cache.RemovalCause;
import io.keyswitch.core.Failure;
import io.keyswitch.core.Reason;
import io.keyswitch.core.UserId;
import io.keyswitch.process.HeapShare;
import io.keyswitch.sql.Database;
import io.keyswitch.sql.DatabaseCache;
import io.keyswitch.sql.DatabaseUnavailableException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Gatherers;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * What each user may use of something per day, counted in the database: all processes and restarts count as one, and the
 * limit is never exceeded. A process takes at once as much as it has used so far, up to {@link #PARTS a part} of the limit, so
 * that most uses need no query. What it does not use is returned when it stops; if it is killed, that is lost for the day, and
 * is never more than what was used. Thread-safe.
 */
final class DailyAllowance {
    private static final int PARTS = 50;

    /** What this process has taken for a user and not used yet. */
    private static final class Taken {
        private final ReentrantLock lock = new ReentrantLock();
        private long day;
        private long left;
        private long used;

        /** Uses an amount if it is left of what was taken on a day. */
        private boolean use(long today, int amount) {
            if (day != today || left < amount) {
                return false;
            }
            left -= amount;
            used += amount;
            return true;
        }

        /** Adds an amount that was taken on a day. */
        private void add(long today, long amount) {
            if (day != today) {
                day = today;
                left = 0;
                used = 0;
            }
            left += amount;
        }

        /** Whether something of what was taken on a day is left, or may be; does not block. */
        private boolean mayBeLeft(long today) {
            if (!lock.tryLock()) {
                return true;
            }
            try {
                return day == today && left > 0;
            } finally {
                lock.unlock();
            }
        }

        /** Takes all that is left of what was taken on a day. */
        private long empty(long today) {
            lock.lock();
            try {
                long all = day == today ? left : 0;
                left = 0;
                return all;
            } finally {
                lock.unlock();
            }
        }
    }

    /** A row of the table; public only for Jdbi. */
    public record Use(UserId user, String kind, long day, long amount, long limit) {}

    private static final int BYTES = 120;

    private final Database database;
    private final Buckets buckets;
    private final InstantSource clock;
    private final String kind;
    private final Buckets.Limit limit;
    private final LoadingCache<UserId, Taken> taken;

    /**
     * Creates the allowance of all users.
     *
     * @param limit the amount per day and the reason of a refusal; its name is that of the rows
     */
    DailyAllowance(Database database, Buckets buckets, InstantSource clock, HeapShare share, Buckets.Limit limit) {
        this.database = database;
        this.buckets = buckets;
        this.clock = clock;
        this.kind = limit.reason().word();
        this.limit = limit;
        this.taken = share.cache((UserId user, Taken _) -> HeapShare.bytes(BYTES, user.value()))
                .expireAfterAccess(Duration.ofDays(1))
                .removalListener(this::forgotten)
                .build(_ -> new Taken());
    }

    static DailyAllowance of(Database database, InstantSource clock, HeapShare share, int amount, Reason reason) {
        return new DailyAllowance(database, new Buckets(clock), clock, share, new Buckets.Limit(amount, reason));
    }

    /** Gives back what was taken for a user who is no longer in memory. */
    private void forgotten(@Nullable UserId user, @Nullable Taken own, RemovalCause cause) {
        if (user != null && own != null && cause.wasEvicted() && own.mayBeLeft(today())) {
            Thread.ofVirtual().start(() -> giveBackIfPossible(user, own));
        }
    }

    private void giveBackIfPossible(UserId user, Taken own) {
        try {
            giveBack(List.of(Map.entry(user, own)));
        } catch (DatabaseUnavailableException _) {
            // Logged by the database; it is lost for that day.
        }
    }

    /** The day in UTC, counted since the epoch. */
    long today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).toEpochDay();
    }

    /** Uses an amount, if that is possible without blocking. */
    boolean tryUse(UserId user, int amount) {
        var own = taken.get(user);
        if (!own.lock.tryLock()) {
            return false;
        }
        try {
            return own.use(today(), amount);
        } finally {
            own.lock.unlock();
        }
    }

    /**
     * Uses an amount; may block.
     *
     * @throws Failure if that exceeds the limit since midnight UTC
     */
    void use(UserId user, int amount) {
        var own = taken.get(user);
        own.lock.lock();
        try {
            long today = today();
            if (own.use(today, amount)) {
                return;
            }
            boolean sameDay = own.day == today;
            long missing = amount - (sameDay ? own.left : 0);
            long part = Math.max(missing, sameDay ? Math.min(own.used, limit.amount() / PARTS) : 0);
            long more = take(user, today, part) ? part : take(user, today, missing) ? missing : 0;
            if (more == 0) {
                throw buckets.refusalUntilMidnight(limit);
            }
            own.add(today, more);
            own.use(today, amount);
        } finally {
            own.lock.unlock();
        }
    }

    /** Takes back a use of an amount, if that was on the day for which this process has taken a part. */
    void giveBack(UserId user, int amount, long dayOfUse) {
        var own = taken.get(user);
        own.lock.lock();
        try {
            if (own.day == dayOfUse) {
                own.left += amount;
            }
        } finally {
            own.lock.unlock();
        }
    }

    private boolean take(UserId user, long day, long amount) {
        return amount <= limit.amount()
                && database.write(handle -> take(handle, new Use(user, kind, day, amount, limit.amount())));
    }

    /** A row of a later day is that of a process whose clock is a little ahead. */
    private static boolean take(Handle handle, Use use) {
        return handle.createUpdate("""
                        INSERT INTO daily_use (user_id, kind, day, amount) VALUES (:user, :kind, :day, :amount)
                        ON CONFLICT (user_id, kind) DO UPDATE SET
                            amount = CASE WHEN daily_use.day < :day THEN :amount ELSE daily_use.amount + :amount END,
                            day = CASE WHEN daily_use.day < :day THEN :day ELSE daily_use.day END
                        WHERE daily_use.day < :day OR daily_use.amount + :amount <= :limit
                        """).bindMethods(use).execute() > 0;
    }

    /** Gives back what was taken and not used. */
    void giveBack() {
        List.copyOf(taken.asMap().entrySet()).stream()
                .gather(Gatherers.windowFixed(DatabaseCache.MOST_AT_ONCE))
                .forEach(this::giveBack);
    }

    private void giveBack(List<Map.Entry<UserId, Taken>> users) {
        var unused = new ArrayList<Use>();
        for (var user : users) {
            long left = user.getValue().empty(today());
            if (left > 0) {
                unused.add(new Use(user.getKey(), kind, today(), left, limit.amount()));
            }
        }
        if (!unused.isEmpty()) {
            database.write(handle ->
                    unused.stream().mapToInt(use -> giveBack(handle, use)).sum());
        }
    }

    private static int giveBack(Handle handle, Use unused) {
        return handle.createUpdate("""
                        UPDATE daily_use SET amount = amount - :amount
                        WHERE user_id = :user AND kind = :kind AND day = :day
                        """).bindMethods(unused).execute();
    }
}

package io.keyswitch.limits;

import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import io.keyswitch.core.Failure;
import io.keyswitch.core.Reason;
import io.keyswitch.core.UserId;
import io.keyswitch.process.HeapShare;
import io.keyswitch.sql.Database;
import io.keyswitch.sql.DatabaseCache;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Gatherers;
import org.jdbi.v3.core.Handle;

/**
 * Each user's requests per minute. Counted in memory; processes on one database tell each other what they have counted
 * when {@link #exchange} is called, so that a limit is for all of them together, with a delay. Thread-safe.
 */
final class RequestRates {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** @param unpublished the requests that the other processes do not know of yet */
    private record Counted(Bucket bucket, AtomicInteger unpublished) {}

    /** Requests of a user that the others are to know of; public only for Jdbi. */
    public record Published(UserId user, long now, long cost) {}

    private final Buckets.Limit limit;
    private final Database database;
    private final InstantSource clock;
    private final Buckets buckets;
    private final LoadingCache<UserId, Counted> counted;
    private final Set<UserId> toTell = ConcurrentHashMap.newKeySet();

    RequestRates(int perMinute, Database database, InstantSource clock) {
        this.limit = new Buckets.Limit(perMinute, Reason.REQUESTS_PER_MINUTE);
        this.database = database;
        this.clock = clock;
        this.buckets = new Buckets(clock);
        this.counted = HeapShare.REQUESTS_PER_MINUTE
                .cache((UserId user, Counted _) -> HeapShare.bytes(Buckets.BYTES, user.value()))
                .expireAfterAccess(MINUTE.multipliedBy(2))
                .build(_ -> new Counted(buckets.perMinute(perMinute), new AtomicInteger()));
    }

    /**
     * Counts a request.
     *
     * @throws Failure if the user exceeds the limit
     */
    void count(UserId user) {
        var own = counted.get(user);
        buckets.take(own.bucket(), 1, limit);
        if (database.isShared()) {
            own.unpublished().incrementAndGet();
            toTell.add(user);
        }
    }

    /** The requests that a user may make now. */
    long remaining(UserId user) {
        return Math.max(0, counted.get(user).bucket().getAvailableTokens());
    }

    /** Tells the other processes what was counted here, and takes from the buckets what was counted there. */
    void exchange() {
        List.copyOf(toTell).stream()
                .gather(Gatherers.windowFixed(DatabaseCache.MOST_AT_ONCE))
                .forEach(this::exchange);
    }

    private void exchange(List<UserId> users) {
        // Sorted, so that two processes never wait for each other's rows.
        var counts = new TreeMap<UserId, Integer>(Comparator.comparing(UserId::value));
        for (var user : users) {
            toTell.remove(user);
            counts.put(user, counted.get(user).unpublished().getAndSet(0));
        }
        try {
            long now = micros();
            database.write(handle -> tell(handle, counts, now))
                    .forEach((user, fullAt) -> adopt(user, Math.ceilDiv(fullAt - now, costOfOne())));
        } catch (RuntimeException e) {
            counts.forEach((user, count) -> {
                counted.get(user).unpublished().addAndGet(count);
                toTell.add(user);
            });
            throw e;
        }
    }

    private Map<UserId, Long> tell(Handle handle, Map<UserId, Integer> counts, long now) {
        var fullAt = new HashMap<UserId, Long>();
        try (var batch = handle.prepareBatch("""
                INSERT INTO request_rate (user_id, full_at) VALUES (:user, :now + :cost)
                ON CONFLICT (user_id) DO UPDATE SET full_at =
                    CASE WHEN request_rate.full_at < :now THEN :now ELSE request_rate.full_at END + :cost
                """)) {
            counts.forEach((user, count) -> batch.bindMethods(new Published(user, now, count * costOfOne()))
                    .add());
            batch.executePreparedBatch("user_id", "full_at")
                    .map((row, _) -> Map.entry(new UserId(row.getString("user_id")), row.getLong("full_at")))
                    .forEach(row -> fullAt.put(row.getKey(), row.getValue()));
        }
        return fullAt;
    }

    /** @param used the requests of all processes that are not available again, without those not published yet */
    private void adopt(UserId user, long used) {
        var own = counted.get(user);
        long available = Math.max(0, limit.amount() - used) - own.unpublished().get();
        long surplus = own.bucket().getAvailableTokens() - available;
        if (surplus > 0) {
            own.bucket().consumeIgnoringRateLimits(surplus);
        }
    }

    private long costOfOne() {
        return Math.max(1, MINUTE.dividedBy(Math.max(1, limit.amount())).toNanos() / 1000);
    }

    private long micros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
    }

    /** Deletes the rows of users who may make as many requests as any. */
    void deleteOld() {
        database.write(handle -> handle.createUpdate("DELETE FROM request_rate WHERE full_at < :now")
                .bind("now", micros())
                .execute());
    }
}

package io.keyswitch.sql;

import com.github.benmanes.caffeine.cache.AsyncCacheLoader;
import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Weigher;
import io.keyswitch.process.HeapShare;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Values read from a database, in memory. Those of a database that no other process changes are kept while they are used,
 * until they are removed. Those of a shared one are leased: used for a second after they were read, and read again in the
 * background while they are in use, so that a change by another process is in force here within that second. When the
 * database is away for longer, there are none. Thread-safe.
 */
public final class DatabaseCache<K, V> {
    private static final Duration IDLE = Duration.ofHours(1);

    /** A little less than the second that is promised, for what happens between the look-up and the use. */
    static final Duration LEASE = Duration.ofMillis(900);

    /** The age at which a value in use is read again. */
    private static final Duration RENEWED = Duration.ofMillis(400);

    /** As many keys are looked up in about the time of one. */
    public static final int MOST_AT_ONCE = 200;

    private final BatchReader<K, V> reader;
    private final AsyncLoadingCache<K, Entry<V>> cache;
    private final boolean leased;

    /** Failed look-ups are entries, too, which expire at once: Caffeine would log their stack traces. */
    private sealed interface Entry<V> {
        record Found<V>(BatchReader.Read<V> read) implements Entry<V> {}

        record Failed<V>(RuntimeException failure) implements Entry<V> {}
    }

    /**
     * Creates an empty cache.
     *
     * @param share its share of the heap
     * @param bytes the size of an entry, computed with {@link HeapShare#bytes}
     * @param query reads the values of keys, and returns one for every key
     */
    public DatabaseCache(
            Database database, HeapShare share, Weigher<K, V> bytes, BiFunction<Handle, List<K>, Map<K, V>> query) {
        this.reader = new BatchReader<>(database, query::apply);
        this.leased = database.isShared();
        var builder = share.cache((K key, Entry<V> entry) ->
                        entry instanceof Entry.Found<V>(var read) ? bytes.weigh(key, read.value()) : 0)
                .expireAfter(new Life());
        this.cache =
                leased ? builder.refreshAfterWrite(RENEWED).buildAsync(new Loader()) : builder.buildAsync(new Loader());
    }

    private final class Life implements Expiry<K, Entry<V>> {
        @Override
        public long expireAfterCreate(K key, Entry<V> entry, long now) {
            return switch (entry) {
                case Entry.Failed<V> _ -> 0;
                case Entry.Found<V>(var read) ->
                    leased ? LEASE.toNanos() - (System.nanoTime() - read.at()) : IDLE.toNanos();
            };
        }

        @Override
        public long expireAfterUpdate(K key, Entry<V> entry, long now, long left) {
            return expireAfterCreate(key, entry, now);
        }

        @Override
        public long expireAfterRead(K key, Entry<V> entry, long now, long left) {
            return leased ? left : expireAfterCreate(key, entry, now);
        }
    }

    private final class Loader implements AsyncCacheLoader<K, Entry<V>> {
        @Override
        public CompletableFuture<Entry<V>> asyncLoad(K key, Executor executor) {
            return reader.read(key)
                    .<Entry<V>>thenApply(Entry.Found::new)
                    .exceptionally(failure -> new Entry.Failed<>(unchecked(failure)));
        }

        /** If the database is away, the lease ends when it would have ended. */
        @Override
        public CompletableFuture<Entry<V>> asyncReload(K key, Entry<V> old, Executor executor) {
            return reader.read(key).<Entry<V>>thenApply(Entry.Found::new).exceptionally(_ -> old);
        }
    }

    private static RuntimeException unchecked(Throwable failure) {
        return switch (failure) {
            case CompletionException e when e.getCause() != null -> unchecked(e.getCause());
            case RuntimeException e -> e;
            default -> new IllegalStateException(failure);
        };
    }

    /**
     * The value of a key; blocks if it is not in memory.
     *
     * @throws DatabaseUnavailableException if it cannot be read
     */
    public V get(K key) {
        return switch (cache.get(key).join()) {
            case Entry.Found<V>(var read) -> read.value();
            case Entry.Failed<V>(var failure) -> {
                remove(key);
                throw failure;
            }
        };
    }

    /** The value of a key, without blocking; null if it is not in memory. */
    public @Nullable V getIfPresent(K key) {
        var entry = cache.getIfPresent(key);
        return entry != null
                        && entry.state() == CompletableFuture.State.SUCCESS
                        && entry.resultNow() instanceof Entry.Found<V>(var read)
                ? read.value()
                : null;
    }

    /** Forgets the value of a key. To be called after it was changed. */
    public void remove(K key) {
        cache.synchronous().invalidate(key);
    }

    /** Forgets the value of a key if another process may have changed it. */
    public void renew(K key) {
        if (leased) {
            remove(key);
        }
    }
}

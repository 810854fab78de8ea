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
    private final AsyncLoadingCache<K, BatchReader.Read<V>> cache;
    private final boolean leased;

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
        var builder = share.cache((K key, BatchReader.Read<V> read) -> bytes.weigh(key, read.value()));
        this.cache = leased
                ? builder.expireAfter(Expiry.writing((K _, BatchReader.Read<V> read) -> left(read)))
                        .refreshAfterWrite(RENEWED)
                        .buildAsync(new Loader())
                : builder.expireAfterAccess(IDLE).buildAsync(new Loader());
    }

    private static Duration left(BatchReader.Read<?> read) {
        return LEASE.minusNanos(System.nanoTime() - read.at());
    }

    private final class Loader implements AsyncCacheLoader<K, BatchReader.Read<V>> {
        @Override
        public CompletableFuture<BatchReader.Read<V>> asyncLoad(K key, Executor executor) {
            return reader.read(key);
        }

        /** If the database is away, the lease ends when it would have ended. */
        @Override
        public CompletableFuture<BatchReader.Read<V>> asyncReload(K key, BatchReader.Read<V> old, Executor executor) {
            return reader.read(key).exceptionally(_ -> old);
        }
    }

    /**
     * The value of a key; blocks if it is not in memory.
     *
     * @throws DatabaseUnavailableException if it cannot be read
     */
    public V get(K key) {
        try {
            return cache.get(key).join().value();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException unchecked ? unchecked : e;
        }
    }

    /** The value of a key, without blocking; null if it is not in memory. */
    public @Nullable V getIfPresent(K key) {
        var read = cache.getIfPresent(key);
        return read == null || read.state() != CompletableFuture.State.SUCCESS
                ? null
                : read.resultNow().value();
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

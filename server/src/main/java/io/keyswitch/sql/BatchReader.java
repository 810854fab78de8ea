package io.keyswitch.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jdbi.v3.core.Handle;

/**
 * Reads the values of keys that are asked for at the same time in one query: while one is in progress, further keys wait for
 * the next. Never blocks its callers; thread-safe.
 */
final class BatchReader<K, V> {
    /** Reads the values of keys. */
    @FunctionalInterface
    interface Query<K, V> {
        /** Returns a value for every key. */
        Map<K, V> read(Handle handle, List<K> keys);
    }

    /**
     * A value that was read.
     *
     * @param at the {@link System#nanoTime} before it was read
     */
    record Read<V>(V value, long at) {}

    private record Asked<K, V>(K key, CompletableFuture<Read<V>> read) {}

    private final DatabaseReader database;
    private final Query<K, V> query;
    private final Queue<Asked<K, V>> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean reading = new AtomicBoolean();

    BatchReader(DatabaseReader database, Query<K, V> query) {
        this.database = database;
        this.query = query;
    }

    /** The value of a key as it is now; fails with {@link DatabaseUnavailableException}. */
    CompletableFuture<Read<V>> read(K key) {
        var asked = new Asked<>(key, new CompletableFuture<Read<V>>());
        waiting.add(asked);
        if (reading.compareAndSet(false, true)) {
            Thread.ofVirtual().name("batch-reader").start(this::readWaiting);
        }
        return asked.read();
    }

    private void readWaiting() {
        do {
            for (var batch = next(); !batch.isEmpty(); batch = next()) {
                read(batch);
            }
            reading.set(false);
        } while (!waiting.isEmpty() && reading.compareAndSet(false, true));
    }

    private List<Asked<K, V>> next() {
        var batch = new ArrayList<Asked<K, V>>();
        for (var asked = waiting.poll();
                asked != null;
                asked = batch.size() < DatabaseCache.MOST_AT_ONCE ? waiting.poll() : null) {
            batch.add(asked);
        }
        return batch;
    }

    private void read(List<Asked<K, V>> batch) {
        try {
            long now = System.nanoTime();
            var keys = batch.stream().map(Asked::key).distinct().toList();
            var values = database.read(handle -> query.read(handle, keys));
            batch.forEach(asked ->
                    asked.read().complete(new Read<>(Objects.requireNonNull(values.get(asked.key())), now)));
        } catch (Throwable e) {
            // Errors too: without an end whoever asked would wait forever.
            batch.forEach(asked -> asked.read().completeExceptionally(e));
        }
    }
}

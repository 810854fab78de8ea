package io.keyswitch.modelconfig;

import io.keyswitch.modelconfig.KeyRecords.Entered;
import io.keyswitch.provider.ProviderRegistry;
import io.keyswitch.secret.KeyPlace;
import io.keyswitch.secret.SealedKey;
import io.keyswitch.secret.UnreadableKeyException;
import io.keyswitch.secret.Vault;
import io.keyswitch.sql.Database;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.function.ToLongBiFunction;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts all stored keys again with the first master key, also while a server uses them: each record is replaced only if it
 * is still the one that was read, and both can be decrypted meanwhile. May be interrupted and run again. Blocking.
 */
public final class KeyRotation {
    /**
     * What was done.
     *
     * @param replaced the keys that were encrypted again
     * @param unreadable the keys that cannot be decrypted, and stay as they are
     * @param left the keys that the first master key still does not encrypt, those included
     */
    public record Result(long replaced, long unreadable, long left) {}

    /** A row and the record to put into it; public only for Jdbi. */
    public record Exchange<R>(R row, SealedKey sealed) {}

    private final Database database;
    private final KeyRecords records;
    private final Vault vault;
    private long replaced;
    private long unreadable;

    public KeyRotation(Database database, ProviderRegistry providers, Vault vault) {
        this.database = database;
        this.records = new KeyRecords(providers, vault);
        this.vault = vault;
    }

    /** The number of keys that the first master key does not encrypt, among all stored keys and those held for an answer. */
    public long pending() {
        return database.read(handle -> pending(handle, vault.encryptingId()));
    }

    /** The same for the master key of an ID. */
    public static long pending(Handle handle, String encryptingId) {
        return pending(handle, "api_key", encryptingId) + pending(handle, "held_key", encryptingId);
    }

    private static long pending(Handle handle, String table, String encryptingId) {
        return handle.createQuery("SELECT count(*) FROM <table> WHERE master_key_id <> :id")
                .define("table", table)
                .bind("id", encryptingId)
                .mapTo(Long.class)
                .one();
    }

    /**
     * Encrypts the pending keys again.
     *
     * @param progress receives the number of pending keys that were looked at so far
     */
    public Result run(LongConsumer progress) {
        replaced = 0;
        unreadable = 0;
        entered(progress);
        held();
        progress.accept(replaced + unreadable);
        if (replaced > 0) {
            // Erases the old records from the write-ahead log.
            database.erase(_ -> true);
        }
        return new Result(replaced, unreadable, pending());
    }

    private void entered(LongConsumer progress) {
        for (var page = after(KeyRecords.FIRST); !page.isEmpty(); page = after(page.getLast())) {
            var pending = page.stream()
                    .filter(row -> records.isPending(row.masterKeyId()))
                    .flatMap(row -> exchange(row, row.masterKeyId(), row.sealedKey(), records.place(row)))
                    .toList();
            replace(pending, KeyRotation::replaceEntered);
            progress.accept(replaced + unreadable);
        }
    }

    private List<Entered> after(Entered last) {
        return database.read(handle -> KeyRecords.after(handle, last));
    }

    /** Keys that wait for an answer of their users are few, and gone within minutes. */
    private void held() {
        var pending = database.read(HeldKeys.Row::all).stream()
                .filter(row -> records.isPending(row.masterKeyId()))
                .flatMap(row -> exchange(row, row.masterKeyId(), row.sealedKey(), row.place()))
                .toList();
        replace(pending, KeyRotation::replaceHeld);
    }

    private static long replaceEntered(Handle handle, Exchange<?> exchange) {
        return handle.createUpdate("""
                        UPDATE api_key SET master_key_id = :sealed.masterKeyId, sealed_key = :sealed.record
                        WHERE user_id = :row.user AND provider = :row.provider AND name = :row.name
                          AND sealed_key = :row.sealedKey
                        """).bindMethods(exchange).execute();
    }

    private static long replaceHeld(Handle handle, Exchange<?> exchange) {
        return handle.createUpdate("""
                        UPDATE held_key SET master_key_id = :sealed.masterKeyId, sealed_key = :sealed.record
                        WHERE user_id = :row.user AND thread_id = :row.thread AND sealed_key = :row.sealedKey
                        """).bindMethods(exchange).execute();
    }

    /** The row with its key encrypted again; empty if that cannot be decrypted, which is counted. */
    private <R> Stream<Exchange<R>> exchange(R row, String masterKeyId, String record, @Nullable KeyPlace place) {
        try {
            if (place != null) {
                var key = vault.open(new SealedKey(masterKeyId, record), place);
                return Stream.of(new Exchange<>(row, vault.seal(key, place)));
            }
        } catch (UnreadableKeyException _) {
            // It stays as it is: with the right master key it may be readable again.
        }
        unreadable++;
        return Stream.empty();
    }

    /** Replaces what is still stored as it was read; what was changed meanwhile has been encrypted by a server. */
    private void replace(List<? extends Exchange<?>> pending, ToLongBiFunction<Handle, Exchange<?>> update) {
        if (!pending.isEmpty()) {
            replaced += database.write(handle -> pending.stream()
                    .mapToLong(one -> update.applyAsLong(handle, one))
                    .sum());
        }
    }
}

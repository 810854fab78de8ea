package io.keyswitch.toolcall;

import com.github.benmanes.caffeine.cache.Cache;
import io.keyswitch.process.HeapShare;
import io.keyswitch.secret.KeyPlace;
import io.keyswitch.secret.UnreadableKeyException;
import io.keyswitch.secret.Vault;
import io.keyswitch.sql.Database;
import io.keyswitch.sql.DatabaseCache;
import io.keyswitch.sql.DatabaseUnavailableException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The data that providers require back with their tool calls: thinking for Anthropic, thought signatures for Gemini.
 * OpenAI's format has no field for it and clients drop unknown fields, so it is kept here for as long as a tool loop may
 * take: in memory, and encrypted in the database, so that the loop goes on with another process. Thread-safe.
 */
public final class CallSignatures {
    private static final Duration KEPT = Duration.ofHours(1);

    private final Database database;
    private final Vault vault;
    private final InstantSource clock;
    private final Executor executor;
    private final Cache<KeyPlace.ToolCall, String> inMemory = HeapShare.CALL_SIGNATURES
            .cache((KeyPlace.ToolCall call, String signature) ->
                    HeapShare.bytes(24, call.user(), call.key(), call.id(), signature))
            .expireAfterWrite(KEPT)
            .build();

    /**
     * Creates the signatures of all users' calls.
     *
     * @param executor stores them
     */
    public CallSignatures(Database database, Vault vault, InstantSource clock, Executor executor) {
        this.database = database;
        this.vault = vault;
        this.clock = clock;
        this.executor = executor;
    }

    /** A row of the table; public only for Jdbi. */
    public record Row(String user, String call, String sealed, long expiresAt) {}

    /**
     * What tool loops in progress may still need.
     *
     * @param pending the records that another master key encrypts than the first
     */
    public record Count(long records, long pending) {}

    /** Counts what tool loops may still need. Reads only the beginnings of records. */
    public static Count count(Handle handle, Vault vault, InstantSource clock) {
        var headers = handle.createQuery(
                        "SELECT substr(sealed, 1, :length) FROM call_signature WHERE expires_at > :now")
                .bind("length", Vault.HEADER_CHARACTERS)
                .bind("now", clock.millis())
                .mapTo(String.class);
        return headers.reduce(
                new Count(0, 0),
                (count, header) -> new Count(count.records() + 1, count.pending() + (vault.isPending(header) ? 1 : 0)));
    }

    /** Keeps the signature of a call; does not block. @return completes when another process can find it */
    public CompletableFuture<?> put(KeyPlace.ToolCall call, String signature) {
        inMemory.put(call, signature);
        return CompletableFuture.runAsync(() -> store(call, signature), executor);
    }

    private void store(KeyPlace.ToolCall call, String signature) {
        long expiresAt = clock.instant().plus(KEPT).toEpochMilli();
        var row = new Row(call.user(), call.id(), vault.sealText(signature, call), expiresAt);
        database.write(handle -> handle.createUpdate("""
                        INSERT INTO call_signature (user_id, call_id, sealed, expires_at)
                        VALUES (:user, :call, :sealed, :expiresAt)
                        ON CONFLICT (user_id, call_id) DO UPDATE SET
                            sealed = excluded.sealed, expires_at = excluded.expires_at
                        """).bindMethods(row).execute());
    }

    /** The signature of a call; null if it had none or it is not in memory. */
    public @Nullable String getIfPresent(KeyPlace.ToolCall call) {
        return inMemory.getIfPresent(call);
    }

    /**
     * Reads the signatures of a user's calls into memory, of the last ones if there are very many; blocks. While the database
     * is away, none are found.
     */
    public void read(List<KeyPlace.ToolCall> calls) {
        if (calls.isEmpty()) {
            return;
        }
        var last = calls.subList(Math.max(0, calls.size() - DatabaseCache.MOST_AT_ONCE), calls.size());
        var byId = last.stream()
                .collect(Collectors.toMap(KeyPlace.ToolCall::id, Function.identity(), (_, again) -> again));
        try {
            var found = database.read(handle -> find(handle, last.getFirst().user(), List.copyOf(byId.keySet())));
            found.forEach(row -> keep(byId.get(row.call()), row));
        } catch (DatabaseUnavailableException _) {
            // Logged by the database; the provider says what it misses.
        }
    }

    private List<Row> find(Handle handle, String user, List<String> ids) {
        return handle.createQuery("""
                        SELECT user_id, call_id, sealed, expires_at FROM call_signature
                        WHERE user_id = :user AND call_id IN (<ids>) AND expires_at > :now
                        """)
                .bind("user", user)
                .bindList("ids", ids)
                .bind("now", clock.millis())
                .map((row, _) -> new Row(
                        row.getString("user_id"),
                        row.getString("call_id"),
                        row.getString("sealed"),
                        row.getLong("expires_at")))
                .list();
    }

    private void keep(KeyPlace.@Nullable ToolCall call, Row row) {
        if (call == null) {
            return;
        }
        try {
            inMemory.put(call, vault.openText(row.sealed(), call));
        } catch (UnreadableKeyException _) {
            // Of another key of the user, or under a master key that is gone.
        }
    }

    /** Deletes what has expired. To be called regularly. */
    public void deleteExpired() {
        database.write(handle -> handle.createUpdate("DELETE FROM call_signature WHERE expires_at <= :now")
                .bind("now", clock.millis())
                .execute());
    }
}

package io.keyswitch.modelconfig;

import io.keyswitch.core.ThreadId;
import io.keyswitch.core.ThreadRef;
import io.keyswitch.core.UserId;
import io.keyswitch.provider.Provider;
import io.keyswitch.provider.ProviderId;
import io.keyswitch.provider.ProviderRegistry;
import io.keyswitch.secret.ApiKey;
import io.keyswitch.secret.KeyPlace;
import io.keyswitch.secret.SealedKey;
import io.keyswitch.secret.UnreadableKeyException;
import io.keyswitch.secret.Vault;
import io.keyswitch.sql.Database;
import io.keyswitch.sql.DatabaseUnavailableException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Keys that were pasted into a thread before their user was asked for one: kept encrypted until the user has said what to
 * do with them, at most for {@link #LONGEST}. Blocking; thread-safe.
 */
public final class HeldKeys {
    public static final Duration LONGEST = Duration.ofMinutes(10);

    /**
     * A held key.
     *
     * @param providers those that it may be used for: the one it was pasted for, else those with keys of its format
     * @param confirmed whether its user said so, by pasting it at a question about the provider or by naming that
     */
    public record Held(ApiKey key, List<Provider> providers, boolean confirmed) {
        public Held {
            providers = List.copyOf(providers);
        }
    }

    /** A row of the held_key table; public only for Jdbi. */
    public record Row(
            String user,
            String thread,
            @Nullable String provider,
            String masterKeyId,
            String sealedKey,
            long expiresAt) {
        static Row read(ResultSet row) throws SQLException {
            return new Row(
                    row.getString("user_id"),
                    row.getString("thread_id"),
                    row.getString("provider"),
                    row.getString("master_key_id"),
                    row.getString("sealed_key"),
                    row.getLong("expires_at"));
        }

        static List<Row> all(Handle handle) {
            return handle.createQuery("SELECT * FROM held_key")
                    .map((row, _) -> read(row))
                    .list();
        }

        KeyPlace place() {
            return new KeyPlace.Held(new ThreadRef(new UserId(user), new ThreadId(thread)), provider, expiresAt);
        }
    }

    private final ProviderRegistry providers;
    private final Database database;
    private final Vault vault;
    private final KeyFormats formats;
    private final InstantSource clock;

    public HeldKeys(ProviderRegistry providers, Database database, Vault vault, InstantSource clock) {
        this.providers = providers;
        this.database = database;
        this.vault = vault;
        this.formats = new KeyFormats(providers);
        this.clock = clock;
    }

    /** The key held in a thread; null if there is none, its time is over or it cannot be decrypted. */
    public @Nullable Held find(ThreadRef thread) {
        var row = database.read(handle -> handle.createQuery("""
                        SELECT * FROM held_key WHERE user_id = :user AND thread_id = :thread
                        """)
                .bindMethods(thread)
                .map((result, _) -> Row.read(result))
                .findOne()
                .orElse(null));
        return row == null || row.expiresAt() <= clock.millis() ? null : opened(thread, row);
    }

    private @Nullable Held opened(ThreadRef thread, Row row) {
        try {
            var place = new KeyPlace.Held(thread, row.provider(), row.expiresAt());
            var key = vault.open(new SealedKey(row.masterKeyId(), row.sealedKey()), place);
            return row.provider() == null
                    ? new Held(key, formats.of(key), false)
                    : new Held(key, provider(row.provider()), true);
        } catch (UnreadableKeyException | IllegalArgumentException _) {
            return null;
        }
    }

    private List<Provider> provider(String id) {
        var provider = providers.find(new ProviderId(id));
        return provider == null ? List.of() : List.of(provider);
    }

    /**
     * Holds a key in a thread, in place of an earlier one.
     *
     * @param provider the provider it was pasted for; null if that has not been said
     */
    public void hold(Handle handle, ThreadRef thread, ApiKey key, @Nullable Provider provider) {
        var id = provider == null ? null : provider.id().value();
        long expiresAt = clock.instant().plus(LONGEST).toEpochMilli();
        var sealed = vault.seal(key, new KeyPlace.Held(thread, id, expiresAt));
        handle.createUpdate("""
                        INSERT INTO held_key (user_id, thread_id, provider, master_key_id, sealed_key, expires_at)
                        VALUES (:user, :thread, :provider, :masterKeyId, :sealedKey, :expiresAt)
                        ON CONFLICT (user_id, thread_id) DO UPDATE SET
                            provider = excluded.provider, master_key_id = excluded.master_key_id,
                            sealed_key = excluded.sealed_key, expires_at = excluded.expires_at
                        """)
                .bindMethods(new Row(
                        thread.user().value(),
                        thread.thread().value(),
                        id,
                        sealed.masterKeyId(),
                        sealed.record(),
                        expiresAt))
                .execute();
    }

    /** Deletes the key held in a thread, if there is one. */
    public void drop(Handle handle, ThreadRef thread) {
        handle.createUpdate("DELETE FROM held_key WHERE user_id = :user AND thread_id = :thread")
                .bindMethods(thread)
                .execute();
    }

    /** Deletes the keys held in all threads of a user. */
    static void dropAll(Handle handle, UserId user) {
        handle.createUpdate("DELETE FROM held_key WHERE user_id = :user")
                .bind("user", user)
                .execute();
    }

    /** Erases the keys whose time is over. To be called regularly; a failure of the database is logged there. */
    public void eraseExpired() {
        try {
            if (isAnyExpired()) {
                database.erase(handle -> handle.createUpdate("DELETE FROM held_key WHERE expires_at <= :now")
                        .bind("now", clock.millis())
                        .execute());
            }
        } catch (DatabaseUnavailableException _) {
            // The next call tries again.
        }
    }

    private boolean isAnyExpired() {
        return database.read(handle -> handle.createQuery("SELECT count(*) FROM held_key WHERE expires_at <= :now")
                        .bind("now", clock.millis())
                        .mapTo(Long.class)
                        .one()
                > 0);
    }
}

package io.keyswitch.modelconfig;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.keyswitch.audit.AuditEvent;
import io.keyswitch.audit.AuditLog;
import io.keyswitch.provider.ModelId;
import io.keyswitch.provider.ProviderId;
import io.keyswitch.secret.SealedKey;
import io.keyswitch.sql.Database;
import io.keyswitch.user.UserId;
import io.keyswitch.uses.Uses;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The stored model configs, with those of active users in memory. Blocking on a miss; thread-safe. */
public final class ModelConfigs {
    /**
     * What is stored of a user.
     *
     * @param config null if it makes no sense
     */
    private record Stored(Instant updatedAt, @Nullable ModelConfig config) {}

    private static final Logger LOG = LoggerFactory.getLogger(ModelConfigs.class);
    private static final int MAX_CACHED_USERS = 100_000;
    /** No check of a key takes nearly as long. */
    private static final Duration LONGEST_CHANGE = Duration.ofMinutes(15);

    private final Database database;
    private final Uses<UserId> keyUses;
    private final AuditLog audit;
    private final LoadingCache<UserId, Optional<Stored>> cache;

    /** Deletions of late, also of what was not there yet: a key whose check was under way is not stored behind them. */
    private final Cache<UserId, Long> deletions =
            Caffeine.newBuilder().expireAfterWrite(LONGEST_CHANGE).build();

    private final AtomicLong lastDeletion = new AtomicLong();

    public ModelConfigs(Database database, Uses<UserId> keyUses, AuditLog audit) {
        this.database = database;
        this.audit = audit;
        this.keyUses = keyUses;
        this.cache = Caffeine.newBuilder().maximumSize(MAX_CACHED_USERS).build(this::load);
    }

    /**
     * The user's config; null if the default is in use.
     *
     * @throws UnreadableConfigException if what is stored makes no sense
     */
    public @Nullable ModelConfig find(UserId user) {
        var stored = cache.get(user).orElse(null);
        if (stored != null && stored.config() == null) {
            throw new UnreadableConfigException();
        }
        return stored == null ? null : stored.config();
    }

    /** The user's config, if there is one that can be read. */
    public @Nullable ModelConfig readable(UserId user) {
        return cache.get(user).map(Stored::config).orElse(null);
    }

    /** What a user's config was at one moment, to see whether it still is. */
    record State(@Nullable Instant updatedAt, @Nullable Long deletion) {}

    /** The state of the user's config now. */
    State state(UserId user) {
        // In this order: a deletion in between must not be missed.
        var deletion = deletions.getIfPresent(user);
        return new State(cache.get(user).map(Stored::updatedAt).orElse(null), deletion);
    }

    /** Whether {@link #find} would answer at once. */
    boolean isInMemory(UserId user) {
        return cache.getIfPresent(user) != null;
    }

    private Optional<Stored> load(UserId user) {
        return database.read(handle -> handle.createQuery("""
                        SELECT provider, model_id, key_source, account_id, key_hint, master_key_id, sealed_key, updated_at
                        FROM model_config
                        WHERE user_id = :user
                        """)
                .bind("user", user.value())
                .map((row, _) -> stored(user, row))
                .findOne());
    }

    private static Stored stored(UserId user, ResultSet row) throws SQLException {
        var updatedAt = Instant.ofEpochMilli(row.getLong("updated_at"));
        try {
            return new Stored(updatedAt, config(row, updatedAt));
        } catch (IllegalArgumentException _) {
            LOG.warn("the config of user {} was altered in the database and cannot be read", user);
            return new Stored(updatedAt, null);
        }
    }

    private static ModelConfig config(ResultSet row, Instant updatedAt) throws SQLException {
        var sealed = row.getString("sealed_key");
        return new ModelConfig(
                new ProviderId(required(row, "provider")),
                new ModelId(required(row, "model_id")),
                KeySource.ofWord(required(row, "key_source")),
                row.getString("account_id"),
                sealed == null
                        ? null
                        : new ModelConfig.OwnKey(
                                new SealedKey(required(row, "master_key_id"), sealed), required(row, "key_hint")),
                updatedAt);
    }

    private static String required(ResultSet row, String column) throws SQLException {
        var value = row.getString(column);
        if (value == null) {
            throw new IllegalArgumentException(column + " is missing");
        }
        return value;
    }

    /**
     * Stores a config in place of the one before. What is under way with a key that is gone then, ends.
     *
     * @param before what {@link #state} said when the change began
     * @return whether it was stored: not if the config has changed, or was deleted, in the meantime
     */
    boolean replace(UserId user, State before, ModelConfig config) {
        var configBefore = readable(user);
        try {
            return database.write(handle -> {
                boolean saved = isStill(handle, user, before) && save(handle, user, config);
                if (saved) {
                    audit.note(handle, user, AuditEvent.Action.CONFIG_SET, subject(config));
                }
                return saved;
            });
        } finally {
            cache.asMap().remove(user);
            if (configBefore == null || !Objects.equals(configBefore.ownKey(), config.ownKey())) {
                keyUses.endAll(user);
            }
        }
    }

    private boolean isStill(Handle handle, UserId user, State before) {
        var updatedAt = handle.createQuery("SELECT updated_at FROM model_config WHERE user_id = :user")
                .bind("user", user.value())
                .mapTo(Long.class)
                .findOne()
                .map(Instant::ofEpochMilli)
                .orElse(null);
        return Objects.equals(new State(updatedAt, deletions.getIfPresent(user)), before);
    }

    private static boolean save(Handle handle, UserId user, ModelConfig config) {
        var key = config.ownKey();
        return handle.createUpdate("""
                        INSERT INTO model_config
                            (user_id, provider, model_id, key_source, account_id, key_hint, master_key_id, sealed_key, updated_at)
                        VALUES (:user, :provider, :model, :source, :account, :hint, :masterKey, :sealed, :at)
                        ON CONFLICT (user_id) DO UPDATE SET
                            provider = excluded.provider, model_id = excluded.model_id, key_source = excluded.key_source,
                            account_id = excluded.account_id, key_hint = excluded.key_hint,
                            master_key_id = excluded.master_key_id, sealed_key = excluded.sealed_key,
                            updated_at = excluded.updated_at
                        """)
                        .bind("user", user.value())
                        .bind("provider", config.provider().value())
                        .bind("model", config.modelId().value())
                        .bind("source", config.keySource().word())
                        .bind("account", config.accountId())
                        .bind("hint", key == null ? null : key.hint())
                        .bind("masterKey", key == null ? null : key.sealed().masterKeyId())
                        .bind("sealed", key == null ? null : key.sealed().record())
                        .bind("at", config.updatedAt().toEpochMilli())
                        .execute()
                > 0;
    }

    /**
     * Removes the config and with it the key. What is under way with it, ends.
     *
     * @return whether there was one
     */
    public boolean delete(UserId user) {
        try {
            return database.write(handle -> delete(handle, user));
        } finally {
            cache.asMap().remove(user);
            keyUses.endAll(user);
        }
    }

    private boolean delete(Handle handle, UserId user) {
        deletions.put(user, lastDeletion.incrementAndGet());
        var deleted = handle.createQuery("""
                        DELETE FROM model_config WHERE user_id = :user RETURNING provider, model_id, key_hint
                        """)
                .bind("user", user.value())
                .map((row, _) -> new AuditEvent.Subject(
                        row.getString("provider"), row.getString("model_id"), row.getString("key_hint"), null))
                .findOne();
        deleted.ifPresent(subject -> audit.note(handle, user, AuditEvent.Action.CONFIG_DELETED, subject));
        return deleted.isPresent();
    }

    private static AuditEvent.Subject subject(ModelConfig config) {
        return new AuditEvent.Subject(
                config.provider().value(),
                config.modelId().value(),
                config.ownKey() == null ? null : config.ownKey().hint(),
                config.keySource().word());
    }

    /** The ids of all master keys that stored keys are encrypted with. */
    public Set<String> masterKeyIds() {
        return database.read(handle -> handle.createQuery(
                        "SELECT DISTINCT master_key_id FROM model_config WHERE master_key_id IS NOT NULL")
                .mapTo(String.class)
                .set());
    }
}

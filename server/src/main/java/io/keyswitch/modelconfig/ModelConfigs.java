package io.keyswitch.modelconfig;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.keyswitch.audit.AuditEvent;
import io.keyswitch.audit.AuditLog;
import io.keyswitch.core.UserId;
import io.keyswitch.process.HeapShare;
import io.keyswitch.provider.ModelId;
import io.keyswitch.provider.Provider;
import io.keyswitch.provider.ProviderId;
import io.keyswitch.provider.ProviderRegistry;
import io.keyswitch.revocation.InFlight;
import io.keyswitch.secret.SealedKey;
import io.keyswitch.sql.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stores model configs and caches those of active users. Blocks on a cache miss; thread-safe. */
public final class ModelConfigs {
    /**
     * A user's stored record.
     *
     * @param config null if the record is invalid
     */
    private record Stored(Instant updatedAt, @Nullable ModelConfig config) {}

    private static final Logger LOG = LoggerFactory.getLogger(ModelConfigs.class);
    private static final Duration IDLE = Duration.ofHours(1);
    /** Longer than any key check. */
    private static final Duration LONGEST_CHANGE = Duration.ofMinutes(15);

    private final Database database;
    private final InFlight<UserId> keyUses;
    private final AuditLog audit;
    private final LoadingCache<UserId, Optional<Stored>> cache;

    /** Tombstones of recent deletions: a key whose check was in progress at the time is not stored afterwards. */
    private final Cache<UserId, Long> deletions =
            Caffeine.newBuilder().expireAfterWrite(LONGEST_CHANGE).build();

    private final AtomicLong lastDeletion = new AtomicLong();

    public ModelConfigs(Database database, InFlight<UserId> keyUses, AuditLog audit) {
        this.database = database;
        this.audit = audit;
        this.keyUses = keyUses;
        this.cache = HeapShare.MODEL_CONFIGS
                .cache(ModelConfigs::bytes)
                .expireAfterAccess(IDLE)
                .build(this::load);
    }

    private static int bytes(UserId user, Optional<Stored> stored) {
        var config = stored.map(Stored::config).orElse(null);
        var key = config == null ? null : config.ownKey();
        return config == null
                ? HeapShare.bytes(60, user.value())
                : HeapShare.bytes(
                        250,
                        user.value(),
                        config.provider().value(),
                        config.modelId().value(),
                        config.accountId(),
                        key == null ? null : key.sealed().record(),
                        key == null ? null : key.sealed().masterKeyId(),
                        key == null ? null : key.baseUrl());
    }

    /**
     * The user's config; null if the default is in use.
     *
     * @throws UnreadableConfigException if the stored record is invalid
     */
    public @Nullable ModelConfig find(UserId user) {
        var stored = cache.get(user).orElse(null);
        if (stored != null && stored.config() == null) {
            throw new UnreadableConfigException();
        }
        return stored == null ? null : stored.config();
    }

    /** The user's config; null if there is none or its record is invalid. */
    public @Nullable ModelConfig readable(UserId user) {
        return cache.get(user).map(Stored::config).orElse(null);
    }

    /** The version of a user's config, for optimistic concurrency control. */
    record State(@Nullable Instant updatedAt, @Nullable Long deletion) {}

    /** The current version of the user's config. */
    State state(UserId user) {
        // The tombstone is read first, so that a concurrent deletion is not missed.
        var deletion = deletions.getIfPresent(user);
        return new State(cache.get(user).map(Stored::updatedAt).orElse(null), deletion);
    }

    /** Whether {@link #find} returns without blocking. */
    boolean isInMemory(UserId user) {
        return cache.getIfPresent(user) != null;
    }

    private Optional<Stored> load(UserId user) {
        return database.read(handle -> handle.createQuery("""
                        SELECT provider, model_id, key_source, account_id, key_hint, master_key_id, sealed_key, key_base_url,
                               updated_at
                        FROM model_config
                        WHERE user_id = :user
                        """)
                .bind("user", user)
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
                                new SealedKey(required(row, "master_key_id"), sealed),
                                required(row, "key_hint"),
                                row.getString("key_base_url")),
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
     * Replaces the config. Cancels in-flight operations unless the key stays the same.
     *
     * @param before the result of {@link #state} when the change began
     * @return false if the config was changed or deleted in the meantime, and was not replaced
     */
    boolean replace(UserId user, State before, ModelConfig config) {
        var configBefore = readable(user);
        try {
            boolean overwritesKey = configBefore != null && configBefore.ownKey() != null;
            Function<Handle, Boolean> change = handle -> {
                boolean saved = isStill(handle, user, before) && save(handle, user, config);
                if (saved) {
                    audit.note(handle, user, AuditEvent.Action.CONFIG_SET, subject(config));
                }
                return saved;
            };
            return overwritesKey ? database.erase(change) : database.write(change);
        } finally {
            cache.asMap().remove(user);
            if (configBefore == null || !Objects.equals(configBefore.ownKey(), config.ownKey())) {
                keyUses.cancelAll(user);
            }
        }
    }

    private boolean isStill(Handle handle, UserId user, State before) {
        var updatedAt = handle.createQuery("SELECT updated_at FROM model_config WHERE user_id = :user")
                .bind("user", user)
                .mapTo(Long.class)
                .findOne()
                .map(Instant::ofEpochMilli)
                .orElse(null);
        return Objects.equals(new State(updatedAt, deletions.getIfPresent(user)), before);
    }

    private static boolean save(Handle handle, UserId user, ModelConfig config) {
        return handle.createUpdate("""
                        INSERT INTO model_config
                            (user_id, provider, model_id, key_source, account_id, key_hint, master_key_id, sealed_key,
                             key_base_url, updated_at)
                        VALUES (:user, :provider, :modelId, :source, :accountId, :ownKey?.hint, :ownKey?.sealed.masterKeyId,
                                :ownKey?.sealed.record, :ownKey?.baseUrl, :updatedAt)
                        ON CONFLICT (user_id) DO UPDATE SET
                            provider = excluded.provider, model_id = excluded.model_id, key_source = excluded.key_source,
                            account_id = excluded.account_id, key_hint = excluded.key_hint,
                            master_key_id = excluded.master_key_id, sealed_key = excluded.sealed_key,
                            key_base_url = excluded.key_base_url, updated_at = excluded.updated_at
                        """)
                        .bind("user", user)
                        .bind("source", config.keySource().word())
                        .bindMethods(config)
                        .execute()
                > 0;
    }

    /**
     * Deletes the config and its key, and cancels in-flight operations.
     *
     * @return whether there was one
     */
    public boolean delete(UserId user) {
        try {
            return database.erase(handle -> delete(handle, user));
        } finally {
            cache.asMap().remove(user);
            keyUses.cancelAll(user);
        }
    }

    private boolean delete(Handle handle, UserId user) {
        deletions.put(user, lastDeletion.incrementAndGet());
        var deleted = handle.createQuery("""
                        DELETE FROM model_config WHERE user_id = :user RETURNING provider, model_id, key_hint
                        """)
                .bind("user", user)
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

    /** The IDs of the master keys that encrypt stored keys, found by an index skip scan. */
    public Set<String> masterKeyIds() {
        return database.read(handle -> {
            var ids = new TreeSet<String>();
            for (var next = masterKeyIdAfter(handle, ""); next != null; next = masterKeyIdAfter(handle, next)) {
                ids.add(next);
            }
            return ids;
        });
    }

    private static @Nullable String masterKeyIdAfter(Handle handle, String id) {
        return handle.createQuery("SELECT min(master_key_id) FROM model_config WHERE master_key_id > :id")
                .bind("id", id)
                .mapTo(String.class)
                .one();
    }

    /**
     * Stored keys that cannot be decrypted because their provider's base URL has changed.
     *
     * @param baseUrl the base URL when the keys were entered
     * @param keys the number of keys
     */
    public record Moved(Provider provider, String baseUrl, long keys) {}

    /**
     * The stored keys that a changed base URL makes unreadable, found by an index skip scan. To be called once at
     * startup: keys of an earlier version are assigned the current base URL.
     */
    public List<Moved> moved(ProviderRegistry providers) {
        database.write(handle -> {
            providers.all().forEach(provider -> adopt(handle, provider));
            return true;
        });
        return database.read(handle -> {
            var moved = new ArrayList<Moved>();
            for (var provider : providers.all()) {
                var url = baseUrlAfter(handle, provider, "");
                for (; url != null; url = baseUrlAfter(handle, provider, url)) {
                    if (!url.equals(provider.baseUrl())) {
                        moved.add(new Moved(provider, url, keys(handle, provider, url)));
                    }
                }
            }
            return moved;
        });
    }

    private static void adopt(Handle handle, Provider provider) {
        handle.createUpdate("""
                        UPDATE model_config SET key_base_url = :url
                        WHERE provider = :provider AND key_base_url IS NULL AND sealed_key IS NOT NULL
                        """)
                .bind("provider", provider.id())
                .bind("url", provider.baseUrl())
                .execute();
    }

    private static @Nullable String baseUrlAfter(Handle handle, Provider provider, String baseUrl) {
        return handle.createQuery("""
                        SELECT min(key_base_url) FROM model_config WHERE provider = :provider AND key_base_url > :url
                        """)
                .bind("provider", provider.id())
                .bind("url", baseUrl)
                .mapTo(String.class)
                .one();
    }

    private static long keys(Handle handle, Provider provider, String baseUrl) {
        return handle.createQuery("""
                        SELECT count(*) FROM model_config WHERE provider = :provider AND key_base_url = :url
                        """)
                .bind("provider", provider.id())
                .bind("url", baseUrl)
                .mapTo(Long.class)
                .one();
    }
}

package io.keyswitch.modelconfig;

import io.keyswitch.core.UserId;
import io.keyswitch.provider.ProviderId;
import io.keyswitch.secret.SealedKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The table of users' API keys. */
final class KeyRows {
    private static final Logger LOG = LoggerFactory.getLogger(KeyRows.class);

    private KeyRows() {}

    /** A row of the table; public only for Jdbi. */
    public record Row(UserId user, StoredKey key) {}

    /** The user's keys, by provider. A row that was altered in the database and cannot be read is left out. */
    static List<StoredKey> list(Handle handle, UserId user) {
        return list(handle, List.of(user)).getOrDefault(user, List.of());
    }

    /** The keys of users, of those who have some, by provider. */
    static Map<UserId, List<StoredKey>> list(Handle handle, List<UserId> users) {
        return handle.createQuery("""
                        SELECT user_id, provider, account_id, master_key_id, sealed_key, key_hint, base_url, saved_at,
                               checked_at, verdict
                        FROM api_key
                        WHERE user_id IN (<users>) AND name = 'default'
                        ORDER BY provider
                        """)
                .bindList("users", users)
                .map((row, _) -> {
                    var user = new UserId(row.getString("user_id"));
                    return Map.entry(user, readable(user, row));
                })
                .filter(entry -> entry.getValue().isPresent())
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey,
                        Collectors.mapping(entry -> entry.getValue().orElseThrow(), Collectors.toUnmodifiableList())));
    }

    /** What identifies the keys of users, of those who have some. */
    static Map<UserId, Set<KeyInUse>> inUse(Handle handle, List<UserId> users) {
        return handle.createQuery("SELECT user_id, provider, saved_at FROM api_key WHERE user_id IN (<users>)")
                .bindList("users", users)
                .map((row, _) -> Map.entry(
                        new UserId(row.getString("user_id")),
                        new KeyInUse(row.getString("provider"), Instant.ofEpochMilli(row.getLong("saved_at")))))
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toSet())));
    }

    private static Optional<StoredKey> readable(UserId user, ResultSet row) throws SQLException {
        try {
            return Optional.of(read(row));
        } catch (IllegalArgumentException _) {
            LOG.warn("a key of user {} was altered in the database and cannot be read", user);
            return Optional.empty();
        }
    }

    private static StoredKey read(ResultSet row) throws SQLException {
        return new StoredKey(
                new ProviderId(row.getString("provider")),
                row.getString("account_id"),
                new SealedKey(row.getString("master_key_id"), row.getString("sealed_key")),
                row.getString("key_hint"),
                row.getString("base_url"),
                Instant.ofEpochMilli(row.getLong("saved_at")),
                new StoredKey.Check(Instant.ofEpochMilli(row.getLong("checked_at")), row.getString("verdict")));
    }

    /** Stores the key, in place of the one that the user had for its provider. */
    static void save(Handle handle, UserId user, StoredKey key) {
        handle.createUpdate("""
                        INSERT INTO api_key
                            (user_id, provider, name, account_id, key_hint, master_key_id, sealed_key, base_url,
                             saved_at, checked_at, verdict)
                        VALUES (:user, :key.provider, 'default', :key.accountId, :key.hint, :key.sealed.masterKeyId,
                                :key.sealed.record, :key.baseUrl, :key.savedAt, :key.check.at, :key.check.verdict)
                        ON CONFLICT (user_id, provider, name) DO UPDATE SET
                            account_id = excluded.account_id, key_hint = excluded.key_hint,
                            master_key_id = excluded.master_key_id, sealed_key = excluded.sealed_key,
                            base_url = excluded.base_url, saved_at = excluded.saved_at,
                            checked_at = excluded.checked_at, verdict = excluded.verdict
                        """).bindMethods(new Row(user, key)).execute();
    }

    /** Records a check of a stored key, unless the key was replaced meanwhile. */
    static void saveCheck(Handle handle, UserId user, StoredKey checked) {
        handle.createUpdate("""
                        UPDATE api_key SET checked_at = :key.check.at, verdict = :key.check.verdict
                        WHERE user_id = :user AND provider = :key.provider AND sealed_key = :key.sealed.record
                        """).bindMethods(new Row(user, checked)).execute();
    }

    /** How many keys the user has for other providers than this one. */
    static int countOthers(Handle handle, UserId user, ProviderId provider) {
        return handle.createQuery("SELECT count(*) FROM api_key WHERE user_id = :user AND provider <> :provider")
                .bind("user", user)
                .bind("provider", provider)
                .mapTo(Integer.class)
                .one();
    }

    /** A deleted key. */
    record Deleted(String provider, String hint) {}

    static Optional<Deleted> delete(Handle handle, UserId user, ProviderId provider) {
        return handle.createQuery("""
                        DELETE FROM api_key WHERE user_id = :user AND provider = :provider RETURNING provider, key_hint
                        """)
                .bind("user", user)
                .bind("provider", provider)
                .map((row, _) -> new Deleted(row.getString("provider"), row.getString("key_hint")))
                .findOne();
    }

    static List<Deleted> deleteAll(Handle handle, UserId user) {
        return handle.createQuery("DELETE FROM api_key WHERE user_id = :user RETURNING provider, key_hint")
                .bind("user", user)
                .map((row, _) -> new Deleted(row.getString("provider"), row.getString("key_hint")))
                .list();
    }
}

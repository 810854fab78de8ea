package io.keyswitch.modelconfig;

import io.keyswitch.provider.Provider;
import io.keyswitch.provider.ProviderRegistry;
import io.keyswitch.sql.Database;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What the stored keys of all users depend on, found by index skip scans. Blocking; thread-safe. */
public final class KeyInventory {
    private final Database database;

    public KeyInventory(Database database) {
        this.database = database;
    }

    /** The IDs of the master keys that encrypt stored keys. */
    public static Set<String> masterKeyIds(Handle handle) {
        var ids = new TreeSet<String>();
        for (var next = masterKeyIdAfter(handle, ""); next != null; next = masterKeyIdAfter(handle, next)) {
            ids.add(next);
        }
        return ids;
    }

    /** The same with those of the keys that wait for an answer of their users, which are few. */
    public static Set<String> neededMasterKeyIds(Handle handle, InstantSource clock) {
        var ids = masterKeyIds(handle);
        ids.addAll(handle.createQuery("SELECT DISTINCT master_key_id FROM held_key WHERE expires_at > :now")
                .bind("now", clock.millis())
                .mapTo(String.class)
                .list());
        return ids;
    }

    private static @Nullable String masterKeyIdAfter(Handle handle, String id) {
        return handle.createQuery("SELECT min(master_key_id) FROM api_key WHERE master_key_id > :id")
                .bind("id", id)
                .mapTo(String.class)
                .one();
    }

    /** The number of model configs that use the project key of each provider. Reads all configs. */
    public static Map<String, Long> projectKeyConfigs(Handle handle) {
        return handle.createQuery("""
                        SELECT provider, count(*) AS configs FROM model_config
                        WHERE key_source = 'project' GROUP BY provider
                        """)
                .map((row, _) -> Map.entry(row.getString("provider"), row.getLong("configs")))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /**
     * Stored keys that cannot be decrypted because their provider's base URL has changed.
     *
     * @param baseUrl the base URL when the keys were entered
     * @param keys the number of keys
     */
    public record Moved(Provider provider, String baseUrl, long keys) {}

    /**
     * The stored keys that a changed base URL makes unreadable. To be called once at startup: keys of an earlier version
     * are assigned the current base URL.
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
        handle.createUpdate("UPDATE api_key SET base_url = :url WHERE provider = :provider AND base_url IS NULL")
                .bind("provider", provider.id())
                .bind("url", provider.baseUrl())
                .execute();
    }

    private static @Nullable String baseUrlAfter(Handle handle, Provider provider, String baseUrl) {
        return handle.createQuery("SELECT min(base_url) FROM api_key WHERE provider = :provider AND base_url > :url")
                .bind("provider", provider.id())
                .bind("url", baseUrl)
                .mapTo(String.class)
                .one();
    }

    private static long keys(Handle handle, Provider provider, String baseUrl) {
        return handle.createQuery("SELECT count(*) FROM api_key WHERE provider = :provider AND base_url = :url")
                .bind("provider", provider.id())
                .bind("url", baseUrl)
                .mapTo(Long.class)
                .one();
    }
}

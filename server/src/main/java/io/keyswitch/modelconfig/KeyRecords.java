package io.keyswitch.modelconfig;

import io.keyswitch.core.UserId;
import io.keyswitch.provider.Endpoint;
import io.keyswitch.provider.Provider;
import io.keyswitch.provider.ProviderId;
import io.keyswitch.provider.ProviderRegistry;
import io.keyswitch.secret.ApiKey;
import io.keyswitch.secret.KeyPlace;
import io.keyswitch.secret.SealedKey;
import io.keyswitch.secret.UnreadableKeyException;
import io.keyswitch.secret.Vault;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The encrypted keys of all users, page by page, whatever their providers have become. Blocking; thread-safe. */
public final class KeyRecords {
    /**
     * How many keys can be decrypted.
     *
     * @param unreadable those that were altered, or whose master key is not configured
     * @param pending the readable ones that the first master key does not encrypt
     */
    public record Count(long readable, long unreadable, long pending) {
        private Count and(boolean opens, boolean old) {
            return new Count(
                    readable + (opens ? 1 : 0), unreadable + (opens ? 0 : 1), pending + (opens && old ? 1 : 0));
        }
    }

    /** A row of the api_key table; public only for Jdbi. */
    public record Entered(
            String user,
            String provider,
            String name,
            @Nullable String accountId,
            @Nullable String baseUrl,
            String masterKeyId,
            String sealedKey) {}

    private static final int AT_ONCE = 200;

    /** Comes before all rows. */
    static final Entered FIRST = new Entered("", "", "", null, null, "", "");

    private final ProviderRegistry providers;
    private final Vault vault;

    public KeyRecords(ProviderRegistry providers, Vault vault) {
        this.providers = providers;
        this.vault = vault;
    }

    /** Decrypts every key, also those that wait for an answer of their users. */
    public Count count(Handle handle) {
        var count = new Count(0, 0, 0);
        for (var page = after(handle, FIRST); !page.isEmpty(); page = after(handle, page.getLast())) {
            for (var row : page) {
                count = count.and(open(row) != null, isPending(row.masterKeyId()));
            }
        }
        for (var row : HeldKeys.Row.all(handle)) {
            var key = open(new SealedKey(row.masterKeyId(), row.sealedKey()), row.place());
            count = count.and(key != null, isPending(row.masterKeyId()));
        }
        return count;
    }

    /** The next rows, ordered by their primary key. */
    static List<Entered> after(Handle handle, Entered last) {
        return handle.createQuery("""
                        SELECT user_id, provider, name, account_id, base_url, master_key_id, sealed_key FROM api_key
                        WHERE (user_id, provider, name) > (:user, :provider, :name)
                        ORDER BY user_id, provider, name LIMIT :limit
                        """)
                .bindMethods(last)
                .bind("limit", AT_ONCE)
                .map((row, _) -> new Entered(
                        row.getString("user_id"),
                        row.getString("provider"),
                        row.getString("name"),
                        row.getString("account_id"),
                        row.getString("base_url"),
                        row.getString("master_key_id"),
                        row.getString("sealed_key")))
                .list();
    }

    /** Whether a record is encrypted with another master key than the first. */
    boolean isPending(String masterKeyId) {
        return !masterKeyId.equals(vault.encryptingId());
    }

    /** A row of the api_key table by the names of its columns; a record that is not there is empty. */
    public static Entered entered(Map<String, Object> row) {
        return new Entered(
                text(row, "user_id"),
                text(row, "provider"),
                text(row, "name"),
                (String) row.get("account_id"),
                (String) row.get("base_url"),
                text(row, "master_key_id"),
                text(row, "sealed_key"));
    }

    private static String text(Map<String, Object> row, String column) {
        return row.get(column) instanceof String text ? text : "";
    }

    /** Encrypts a key for a row; null if it is not known for which endpoint. */
    public @Nullable SealedKey seal(Entered row, ApiKey key) {
        var place = place(row);
        return place == null ? null : vault.seal(key, place);
    }

    /** Decrypts the key of a row; null if that is not possible. */
    public @Nullable ApiKey open(Entered row) {
        var place = place(row);
        return place == null ? null : open(new SealedKey(row.masterKeyId(), row.sealedKey()), place);
    }

    private @Nullable ApiKey open(SealedKey sealed, KeyPlace place) {
        try {
            return vault.open(sealed, place);
        } catch (UnreadableKeyException _) {
            return null;
        }
    }

    /**
     * What a key is bound to, also if its provider has another base URL by now, or is gone.
     *
     * @return null if that is not known any more, or the row was altered
     */
    @Nullable
    KeyPlace place(Entered row) {
        try {
            return boundTo(row);
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    private @Nullable KeyPlace boundTo(Entered row) {
        var id = new ProviderId(row.provider());
        var provider = providers.find(id);
        var baseUrl = row.baseUrl() == null && provider != null ? provider.baseUrl() : row.baseUrl();
        if (baseUrl == null) {
            return null;
        }
        var account = row.accountId();
        var endpoint = account == null ? baseUrl : baseUrl.replace(Provider.ACCOUNT_ID_SLOT, account);
        return new KeyPlace.Of(new UserId(row.user()), id, new Endpoint(endpoint));
    }
}

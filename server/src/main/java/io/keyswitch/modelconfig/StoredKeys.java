package io.keyswitch.modelconfig;

import io.keyswitch.core.UserId;
import io.keyswitch.provider.Provider;
import io.keyswitch.provider.ProviderRegistry;
import io.keyswitch.secret.ApiKey;
import io.keyswitch.secret.KeyPlace;
import io.keyswitch.secret.UnreadableKeyException;
import io.keyswitch.secret.Vault;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts and decrypts users' keys, each only for the provider and endpoint it was entered for. Blocks on a cache miss;
 * thread-safe.
 */
public final class StoredKeys {
    private final ProviderRegistry providers;
    private final ModelConfigs configs;
    private final Vault vault;

    public StoredKeys(ProviderRegistry providers, ModelConfigs configs, Vault vault) {
        this.providers = providers;
        this.configs = configs;
        this.vault = vault;
    }

    /** Makes what follows see all changes of the user's keys and configs so far, also those by other processes. */
    public void renew(UserId user) {
        configs.renew(user);
    }

    /**
     * The user's key for a provider and account.
     *
     * @param accountId null for providers without one
     * @return null if none is stored or it cannot be decrypted
     */
    public @Nullable ApiKey find(UserId user, Provider provider, @Nullable String accountId) {
        var key = configs.key(user, provider.id());
        return key == null || !Objects.equals(key.accountId(), accountId) ? null : openOrNull(user, provider, key);
    }

    private @Nullable ApiKey openOrNull(UserId user, Provider provider, StoredKey key) {
        try {
            return open(user, provider, key);
        } catch (UnreadableKeyException | IllegalArgumentException _) {
            // Treated as no key here; Router logs the failure with every message that the user sends.
            return null;
        }
    }

    /**
     * Decrypts a key.
     *
     * @throws UnreadableKeyException if it cannot be decrypted for the provider's present endpoint
     * @throws IllegalArgumentException if the provider has no endpoint for the key's account ID
     */
    ApiKey open(UserId user, Provider provider, StoredKey key) {
        return vault.open(key.sealed(), new KeyPlace.Of(user, provider.id(), provider.endpoint(key.accountId())));
    }

    /** Whether a stored key is a given one. */
    boolean isSame(UserId user, Provider provider, StoredKey stored, ApiKey key) {
        var opened = openOrNull(user, provider, stored);
        return opened != null && opened.equals(key);
    }

    /** Encrypts a key that was just checked. */
    StoredKey seal(UserId user, Provider provider, @Nullable String accountId, ApiKey key, StoredKey.Check check) {
        return new StoredKey(
                provider.id(),
                accountId,
                vault.seal(key, new KeyPlace.Of(user, provider.id(), provider.endpoint(accountId))),
                key.hint(),
                provider.baseUrl(),
                check.at(),
                check);
    }

    /** Whether a stored key of the user can be decrypted. */
    public boolean isReadable(UserId user, StoredKey key) {
        return opened(user, key).findAny().isPresent();
    }

    /** The user's keys, whatever their providers; without those that cannot be decrypted. */
    public List<ApiKey> all(UserId user) {
        return configs.keys(user).stream().flatMap(key -> opened(user, key)).toList();
    }

    private Stream<ApiKey> opened(UserId user, StoredKey key) {
        var provider = providers.find(key.provider());
        return provider == null ? Stream.empty() : Stream.ofNullable(openOrNull(user, provider, key));
    }

    /** Whether a string contains a key of the user, in any of the forms that {@link ApiKey#removedFrom} finds. */
    public boolean isIn(UserId user, String text) {
        return text.length() >= ApiKey.MIN_LENGTH && isIn(user, text, configs.keys(user).stream());
    }

    /** Whether a string contains one of some keys of the user. Does not block. */
    boolean isIn(UserId user, String text, Stream<StoredKey> keys) {
        return text.length() >= ApiKey.MIN_LENGTH
                && keys.flatMap(key -> opened(user, key))
                        .anyMatch(key -> !key.removedFrom(text).equals(text));
    }

    /** The account ID of the user's key for a provider; null if there is none. */
    public @Nullable String accountId(UserId user, Provider provider) {
        var key = configs.key(user, provider.id());
        return key == null ? null : key.accountId();
    }
}

package io.keyswitch.modelconfig;

import io.keyswitch.core.UserId;
import io.keyswitch.provider.Provider;
import io.keyswitch.provider.ProviderRegistry;
import io.keyswitch.secret.ApiKey;
import io.keyswitch.secret.KeyPlace;
import io.keyswitch.secret.UnreadableKeyException;
import io.keyswitch.secret.Vault;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Decrypts users' stored keys, each only for the provider and endpoint it was entered for. Blocks on a cache miss;
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

    /**
     * The user's key for a provider and account.
     *
     * @param accountId null for providers without one
     * @return null if none is stored or it cannot be decrypted
     */
    public @Nullable ApiKey find(UserId user, Provider provider, @Nullable String accountId) {
        var config = configs.readable(user);
        if (config == null
                || config.ownKey() == null
                || !config.provider().equals(provider.id())
                || !Objects.equals(config.accountId(), accountId)) {
            return null;
        }
        try {
            var place = new KeyPlace(user, provider.id(), provider.endpoint(accountId));
            return vault.open(config.ownKey().sealed(), place);
        } catch (UnreadableKeyException | IllegalArgumentException _) {
            // Treated as no key here; Router logs the failure with every message that the user sends.
            return null;
        }
    }

    /** The user's key, for any provider; null if none is stored or it cannot be decrypted. */
    public @Nullable ApiKey find(UserId user) {
        var config = configs.readable(user);
        if (config == null) {
            return null;
        }
        var provider = providers.find(config.provider());
        return provider == null ? null : find(user, provider, config.accountId());
    }

    /** Whether a string contains the user's key, in any of the forms that {@link ApiKey#removedFrom} finds. */
    public boolean isIn(UserId user, String text) {
        var key = text.length() < ApiKey.MIN_LENGTH ? null : find(user);
        return key != null && !key.removedFrom(text).equals(text);
    }

    /** The account ID in the user's config, if it is for this provider; otherwise null. */
    public @Nullable String accountId(UserId user, Provider provider) {
        var config = configs.readable(user);
        return config == null || !config.provider().equals(provider.id()) ? null : config.accountId();
    }
}

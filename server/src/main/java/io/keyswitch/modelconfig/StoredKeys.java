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

/** Finds a user's stored key again, for use where it was entered for and nowhere else. Blocking on a miss; thread-safe. */
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
     * @return null if none is stored, or it cannot be read any more
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
            // The operator's log has it from every message the user sends; here it is as if there were none.
            return null;
        }
    }

    /** The user's key, whatever it is for; null if none is stored, or it cannot be read any more. */
    public @Nullable ApiKey find(UserId user) {
        var config = configs.readable(user);
        if (config == null) {
            return null;
        }
        var provider = providers.find(config.provider());
        return provider == null ? null : find(user, provider, config.accountId());
    }

    /** Whether a string holds the user's key, in any of the forms that {@link ApiKey#removedFrom} finds. */
    public boolean isIn(UserId user, String text) {
        var key = text.length() < ApiKey.MIN_LENGTH ? null : find(user);
        return key != null && !key.removedFrom(text).equals(text);
    }

    /** The account the user's key for a provider belongs to; null if none is stored. */
    public @Nullable String accountId(UserId user, Provider provider) {
        var config = configs.readable(user);
        return config == null || !config.provider().equals(provider.id()) ? null : config.accountId();
    }
}

package io.keyswitch.modelconfig;

import io.keyswitch.core.UserId;
import io.keyswitch.provider.ModelId;
import io.keyswitch.provider.Provider;
import io.keyswitch.secret.ApiKey;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Stores models and keys that users had elsewhere, without a check. Blocking. */
public final class ForeignConfigs {
    private final ModelConfigs configs;
    private final StoredKeys storedKeys;
    private final boolean replace;
    private final InstantSource clock;

    /**
     * Creates the configs.
     *
     * @param replace whether users who have or had a model here get the one that they had elsewhere; if not, they keep what they have
     */
    public ForeignConfigs(ModelConfigs configs, StoredKeys storedKeys, boolean replace, InstantSource clock) {
        this.configs = configs;
        this.storedKeys = storedKeys;
        this.replace = replace;
        this.clock = clock;
    }

    /** Stores a model with the project key; false if the user keeps one. */
    public boolean storeOnProjectKey(UserId user, Provider provider, ModelId model) {
        return store(user, provider, model, KeySource.PROJECT, null);
    }

    /**
     * Stores a model with a key; false if the user keeps one.
     *
     * @param accountId a valid account ID; null for providers without account IDs
     */
    public boolean storeOnOwnKey(
            UserId user, Provider provider, ModelId model, @Nullable String accountId, ApiKey key) {
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var sealed = storedKeys.seal(user, provider, accountId, key, new StoredKey.Check(now, null));
        return store(user, provider, model, KeySource.OWN, sealed);
    }

    private boolean store(UserId user, Provider provider, ModelId model, KeySource source, @Nullable StoredKey key) {
        var known = configs.known(user);
        // Whoever has deleted a model or a key here must not get it back.
        if (known.revision() > 0 && !replace) {
            return false;
        }
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return configs.save(new ModelConfigs.Change(
                Scope.allThreads(user),
                known.revision(),
                new ModelConfig(provider.id(), model, source, now),
                key,
                ModelConfigs.History.APPEND));
    }
}

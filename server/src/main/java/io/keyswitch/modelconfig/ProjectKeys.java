package io.keyswitch.modelconfig;

import io.keyswitch.provider.ModelId;
import io.keyswitch.provider.Provider;
import io.keyswitch.provider.ProviderId;
import io.keyswitch.provider.ProviderRegistry;
import io.keyswitch.secret.ApiKey;
import io.keyswitch.settings.Settings;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The operator's keys, and the default model of users without a model config. Immutable. */
public final class ProjectKeys {
    /** The default model of users without a model config. */
    public record Default(Provider provider, ModelId model, ApiKey key) {}

    private final Map<ProviderId, ApiKey> keys;
    private final @Nullable Default defaultModel;

    public ProjectKeys(ProviderRegistry providers, Map<ProviderId, ApiKey> keys, Settings.DefaultModel wanted) {
        this.keys = Map.copyOf(keys);
        this.defaultModel = providers.all().stream()
                .filter(provider -> wanted.provider() == null || provider.id().equals(wanted.provider()))
                .filter(this::covers)
                .findFirst()
                .map(provider -> new Default(
                        provider, wanted.model() == null ? provider.defaultModel() : wanted.model(), keyOf(provider)))
                .orElse(null);
    }

    /** Whether users may use a provider with the project key. */
    public boolean covers(Provider provider) {
        return provider.accountId() == null && keys.containsKey(provider.id());
    }

    /** The key for a provider; null if there is none. */
    public @Nullable ApiKey find(Provider provider) {
        return covers(provider) ? keys.get(provider.id()) : null;
    }

    /** The model that users get with the project key of a provider unless they choose another one. */
    ModelId modelOf(Provider provider) {
        return defaultModel != null && defaultModel.provider().equals(provider)
                ? defaultModel.model()
                : provider.defaultModel();
    }

    private ApiKey keyOf(Provider provider) {
        var key = keys.get(provider.id());
        if (key == null) {
            throw new IllegalStateException("no project key for " + provider.id());
        }
        return key;
    }

    /** The default model; null if no matching provider has a project key. */
    public @Nullable Default defaultModel() {
        return defaultModel;
    }
}

package io.keyswitch.modelconfig;

import io.keyswitch.core.Reason;
import io.keyswitch.core.UserId;
import io.keyswitch.llm.Target;
import io.keyswitch.provider.Endpoint;
import io.keyswitch.provider.Provider;
import io.keyswitch.provider.ProviderRegistry;
import io.keyswitch.secret.KeyPlace;
import io.keyswitch.secret.UnreadableKeyException;
import io.keyswitch.secret.Vault;
import io.keyswitch.telemetry.HourlyLog;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Resolves the target of a user's messages. Blocks on a cache miss; thread-safe. */
public final class Router {
    private final ProviderRegistry providers;
    private final ProjectKeys projectKeys;
    private final ModelConfigs configs;
    private final Vault vault;
    private final HourlyLog<UserId> unreadable = new HourlyLog<>(LoggerFactory.getLogger(Router.class));

    public Router(ProviderRegistry providers, ProjectKeys projectKeys, ModelConfigs configs, Vault vault) {
        this.providers = providers;
        this.projectKeys = projectKeys;
        this.configs = configs;
        this.vault = vault;
    }

    /** The route of this user's next message. */
    public Route route(UserId user) {
        try {
            return route(user, configs.find(user));
        } catch (UnreadableConfigException e) {
            return new Route.Unusable(e);
        }
    }

    private Route route(UserId user, @Nullable ModelConfig config) {
        if (config == null) {
            return defaultRoute(user);
        }
        var provider = providers.find(config.provider());
        if (provider == null) {
            return new Route.Unusable(ProviderFailures.of(
                    Reason.PROVIDER_REMOVED, config.provider().value()));
        }
        var ownKey = config.ownKey();
        return ownKey == null ? onProjectKey(user, provider, config) : onOwnKey(user, provider, config, ownKey);
    }

    /** Whether {@link #route} answers without blocking. */
    public boolean isInMemory(UserId user) {
        return configs.isInMemory(user);
    }

    private Route defaultRoute(UserId user) {
        var standard = projectKeys.defaultModel();
        return standard == null
                ? new Route.NothingConfigured()
                : new Route.Ready(
                        new Target(
                                standard.provider(),
                                standard.provider().endpoint(null),
                                standard.model(),
                                standard.key(),
                                user.value()),
                        KeySource.PROJECT);
    }

    private Route onProjectKey(UserId user, Provider provider, ModelConfig config) {
        var key = projectKeys.find(provider);
        return key == null
                ? new Route.Unusable(ProviderFailures.of(Reason.PROJECT_KEY_REMOVED, provider))
                : new Route.Ready(
                        new Target(
                                provider, provider.endpoint(config.accountId()), config.modelId(), key, user.value()),
                        KeySource.PROJECT);
    }

    private Route onOwnKey(UserId user, Provider provider, ModelConfig config, ModelConfig.OwnKey ownKey) {
        try {
            Endpoint endpoint = provider.endpoint(config.accountId());
            var key = vault.open(ownKey.sealed(), new KeyPlace(user, provider.id(), endpoint));
            return new Route.Ready(new Target(provider, endpoint, config.modelId(), key, user.value()), KeySource.OWN);
        } catch (UnreadableKeyException | IllegalArgumentException e) {
            unreadable.warn(
                    user,
                    "the stored key of user {} for {} cannot be read: {}",
                    user,
                    provider.id(),
                    why(ownKey, provider, e));
            return new Route.Unusable(ProviderFailures.of(Reason.KEY_UNREADABLE, provider));
        }
    }

    private static String why(ModelConfig.OwnKey key, Provider provider, RuntimeException failure) {
        return key.baseUrl() == null || key.baseUrl().equals(provider.baseUrl())
                ? String.valueOf(failure.getMessage())
                : "it was entered for " + key.baseUrl() + ", and the base URL is now " + provider.baseUrl();
    }
}

package io.keyswitch.modelconfig;

import io.keyswitch.core.Reason;
import io.keyswitch.core.ThreadRef;
import io.keyswitch.core.UserId;
import io.keyswitch.llm.Target;
import io.keyswitch.provider.Provider;
import io.keyswitch.provider.ProviderRegistry;
import io.keyswitch.secret.UnreadableKeyException;
import io.keyswitch.telemetry.HourlyLog;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Resolves the target of a user's messages. Blocks on a cache miss; thread-safe. */
public final class Router {
    private static final String UNCHECKED = new Verdict.Unreachable().word();

    private final ProviderRegistry providers;
    private final ProjectKeys projectKeys;
    private final ModelConfigs configs;
    private final StoredKeys storedKeys;
    private final HourlyLog<UserId> unreadable = new HourlyLog<>(LoggerFactory.getLogger(Router.class));

    public Router(ProviderRegistry providers, ProjectKeys projectKeys, ModelConfigs configs, StoredKeys storedKeys) {
        this.providers = providers;
        this.projectKeys = projectKeys;
        this.configs = configs;
        this.storedKeys = storedKeys;
    }

    /** The route of this user's next request outside of threads. */
    public Route route(UserId user) {
        try {
            return route(user, configs.inForce(user).config());
        } catch (UnreadableConfigException e) {
            return new Route.Unusable(e);
        }
    }

    /** The route of the next message in a thread. */
    public Route route(ThreadRef thread) {
        try {
            return route(thread.user(), configs.inForce(thread).config());
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
        return switch (config.keySource()) {
            case PROJECT -> onProjectKey(user, provider, config);
            case OWN -> onOwnKey(user, provider, config);
        };
    }

    /** Whether a string contains a stored key of the user that a route does not use. */
    public boolean isUnusedKey(UserId user, Route.Ready route, String text) {
        var inUse =
                route.keySource() == KeySource.OWN ? route.target().provider().id() : null;
        return storedKeys.isIn(user, text, key -> !key.provider().equals(inUse));
    }

    /** Whether a route uses a key that was saved without a check, and not used since. */
    public boolean isUnchecked(UserId user, Route.Ready route) {
        if (route.keySource() == KeySource.PROJECT) {
            return false;
        }
        var key = configs.key(user, route.target().provider().id());
        return key != null && UNCHECKED.equals(key.check().verdict());
    }

    /** Whether {@link #route(UserId)} answers without blocking. */
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
                        new Target(provider, provider.endpoint(null), config.modelId(), key, user.value()),
                        KeySource.PROJECT);
    }

    private Route onOwnKey(UserId user, Provider provider, ModelConfig config) {
        var stored = configs.key(user, provider.id());
        if (stored == null) {
            return unreadable(user, provider, "it is missing in the database");
        }
        try {
            var key = storedKeys.open(user, provider, stored);
            var endpoint = provider.endpoint(stored.accountId());
            return new Route.Ready(new Target(provider, endpoint, config.modelId(), key, user.value()), KeySource.OWN);
        } catch (UnreadableKeyException | IllegalArgumentException e) {
            return unreadable(user, provider, why(stored, provider, e));
        }
    }

    private Route.Unusable unreadable(UserId user, Provider provider, String why) {
        unreadable.warn(user, "the stored key of user {} for {} cannot be read: {}", user, provider.id(), why);
        return new Route.Unusable(ProviderFailures.of(Reason.KEY_UNREADABLE, provider));
    }

    private static String why(StoredKey key, Provider provider, RuntimeException failure) {
        return key.baseUrl() == null || key.baseUrl().equals(provider.baseUrl())
                ? String.valueOf(failure.getMessage())
                : "it was entered for " + key.baseUrl() + ", and the base URL is now " + provider.baseUrl();
    }
}

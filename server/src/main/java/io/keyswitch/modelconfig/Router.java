package io.keyswitch.modelconfig;

import io.keyswitch.core.Failure;
import io.keyswitch.core.Reason;
import io.keyswitch.core.ThreadRef;
import io.keyswitch.core.UserId;
import io.keyswitch.llm.Target;
import io.keyswitch.provider.Provider;
import io.keyswitch.provider.ProviderRegistry;
import io.keyswitch.secret.UnreadableKeyException;
import io.keyswitch.telemetry.HourlyLog;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Resolves the target of a user's messages. Blocks on a cache miss, unless it says otherwise; thread-safe. */
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

    /**
     * The route of a request outside of threads.
     *
     * @param keys the user's keys when it was resolved
     */
    public record Routed(Route route, List<StoredKey> keys) {
        public Routed {
            keys = List.copyOf(keys);
        }
    }

    /** The route of this user's next request outside of threads. */
    public Routed route(UserId user) {
        return route(user, configs.known(user));
    }

    /** The route of this user's next request outside of threads, without blocking; null if that is not possible. */
    public @Nullable Routed routeInMemory(UserId user) {
        var known = configs.knownInMemory(user);
        return known == null ? null : route(user, known);
    }

    private Routed route(UserId user, ModelConfigs.Known known) {
        return new Routed(route(user, known.standard(), known), known.keys());
    }

    /** The route of the next message in a thread. */
    public Route route(ThreadRef thread) {
        return route(thread.user(), configs.inForce(thread), configs.known(thread.user()));
    }

    private Route route(UserId user, ModelConfigs.InForce inForce, ModelConfigs.Known known) {
        try {
            return route(user, inForce.config(), known);
        } catch (UnreadableConfigException e) {
            return new Route.Unusable(e);
        }
    }

    private Route route(UserId user, @Nullable ModelConfig config, ModelConfigs.Known known) {
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
            case OWN -> onOwnKey(user, provider, config, known);
        };
    }

    /** Whether a string contains one of some keys of the user that a route does not use. Does not block. */
    public boolean isUnusedKey(UserId user, Route.Ready route, List<StoredKey> keys, String text) {
        return storedKeys.isIn(user, text, keys.stream().filter(key -> !key.equals(route.ownKey())));
    }

    /** Whether a route uses a key that was saved without a check, and not used since. */
    public static boolean isUnchecked(Route.Ready route) {
        return route.ownKey() != null && UNCHECKED.equals(route.ownKey().check().verdict());
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
                        null);
    }

    private Route onProjectKey(UserId user, Provider provider, ModelConfig config) {
        var key = projectKeys.find(provider);
        return key == null
                ? new Route.Unusable(ProviderFailures.of(Reason.PROJECT_KEY_REMOVED, provider))
                : new Route.Ready(
                        new Target(provider, provider.endpoint(null), config.modelId(), key, user.value()), null);
    }

    private Route onOwnKey(UserId user, Provider provider, ModelConfig config, ModelConfigs.Known known) {
        var stored = known.key(provider.id());
        if (stored == null) {
            return unreadable(user, provider, "it is missing in the database");
        }
        try {
            var key = storedKeys.open(user, provider, stored);
            var endpoint = provider.endpoint(stored.accountId());
            return new Route.Ready(new Target(provider, endpoint, config.modelId(), key, user.value()), stored);
        } catch (UnreadableKeyException | IllegalArgumentException e) {
            var unusable = unreadable(user, provider, why(stored, provider, e));
            // Another process may have encrypted it with a new master key, which this one gets when it is restarted.
            return e instanceof UnreadableKeyException key && key.isMasterKeyMissing()
                    ? new Route.Unusable(Failure.retrySoon(Reason.DATABASE))
                    : unusable;
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

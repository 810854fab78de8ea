package io.keyswitch.swarmspace;

import io.keyswitch.core.Failure;
import io.keyswitch.core.FailureCode;
import io.keyswitch.core.Json;
import io.keyswitch.core.Reason;
import io.keyswitch.core.UserId;
import io.keyswitch.limits.UserLimits;
import io.keyswitch.llm.transport.WorkerClient;
import io.keyswitch.llm.transport.WorkerClient.Outcome;
import io.keyswitch.modelconfig.KeyInUse;
import io.keyswitch.modelconfig.Route;
import io.keyswitch.modelconfig.Router;
import io.keyswitch.provider.Endpoint;
import io.keyswitch.revocation.InFlight;
import io.keyswitch.secret.ApiKey;
import io.keyswitch.swarmspace.registry.Plans;
import io.keyswitch.swarmspace.registry.Plugin;
import io.keyswitch.swarmspace.registry.PluginRegistry;
import io.keyswitch.swarmspace.registry.Tier;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** Sends users' calls to the plugins their plan includes. Blocking; thread-safe. */
public final class Plugins {
    /**
     * The caller of a plugin.
     *
     * @param plan the plan in the caller's token; null if there is none
     */
    public record Caller(UserId user, @Nullable String plan) {}

    /** The largest parameters, in bytes. */
    private static final int MAX_PARAMS = 256 << 10;

    private final PluginRegistry registry;
    private final Plans plans;
    private final @Nullable ApiKey internalToken;
    private final Router router;
    private final InFlight<UserId, KeyInUse> keyUses;
    private final UserLimits limits;
    private final WorkerClient workers;
    private final PluginFailures failures = new PluginFailures();

    /**
     * Creates the plugins of an operator.
     *
     * @param internalToken authenticates Keyswitch to the workers; null if the operator runs none
     */
    public Plugins(
            PluginRegistry registry,
            Plans plans,
            @Nullable ApiKey internalToken,
            Router router,
            InFlight<UserId, KeyInUse> keyUses,
            UserLimits limits,
            WorkerClient workers) {
        this.registry = registry;
        this.plans = plans;
        this.internalToken = internalToken;
        this.router = router;
        this.keyUses = keyUses;
        this.limits = limits;
        this.workers = workers;
    }

    /** All plugins, in the order of the registry. */
    public PluginRegistry registry() {
        return registry;
    }

    /** The tier of a caller's plan. */
    public Tier tier(Caller caller) {
        return plans.tier(caller.plan());
    }

    /** The URL where users can upgrade their plan; null if there is none. */
    public @Nullable String upgradeUrl() {
        return plans.upgradeUrl();
    }

    /** Whether the operator runs a plugin's worker. */
    public boolean isSetUp(Plugin plugin) {
        return plugin.worker() != null && internalToken != null;
    }

    /**
     * Calls a plugin.
     *
     * @param params the body that is sent to the worker; must be an object
     * @return the worker's JSON response, without echoed secrets
     * @throws Failure if there is no such plugin, the caller's plan does not include it, or its worker fails
     */
    public JsonNode call(Caller caller, String id, JsonNode params) {
        var plugin = registry.find(id);
        if (plugin == null) {
            throw Failure.notFound("Unknown plugin: " + id);
        }
        // Checked before the plan, so that nobody upgrades for a plugin that is not available.
        if (plugin.worker() == null || internalToken == null) {
            throw PluginFailures.notSetUp(plugin);
        }
        requireTier(plugin, tier(caller));
        var checked = checked(params);
        try (var use = keyUses.begin(caller.user())) {
            return call(caller, plugin, plugin.worker(), internalToken, checked, use);
        }
    }

    private JsonNode call(
            Caller caller,
            Plugin plugin,
            Endpoint worker,
            ApiKey token,
            ObjectNode params,
            InFlight<UserId, KeyInUse>.Operation use) {
        var ownKey = ownKey(caller.user(), plugin, use);
        // Not counted as use of the project key: workers enforce their own quotas.
        try (var _ = limits.beginCompletion(caller.user(), false)) {
            var headers = Map.of(
                    "X-SwarmSpace-User-Id", WorkerUser.header(caller.user()),
                    "X-SwarmSpace-User-Tier", tier(caller).word());
            var invocation = new WorkerClient.Invocation(worker, caller.user().value(), token, headers, params, ownKey);
            var outcome = workers.invoke(invocation, cancel -> {
                if (ownKey != null) {
                    use.onCancel(cancel);
                }
            });
            if (ownKey != null && use.isCancelled()) {
                throw PluginFailures.keyDeleted();
            }
            return switch (outcome) {
                case Outcome.Answered(var status, var body) when status / 100 == 2 -> body;
                case Outcome.Answered(var status, var body) -> throw failures.of(plugin, status, body);
                case Outcome.NotReadable(var status) -> throw failures.notReadable(plugin, status);
                case Outcome.Unavailable(var why) -> throw failures.unavailable(plugin, why);
            };
        }
    }

    private void requireTier(Plugin plugin, Tier tier) {
        if (tier.includes(plugin.tier())) {
            return;
        }
        var details = Map.<String, Object>of(
                "plugin_id", plugin.id(),
                "required_tier", plugin.tier().word(),
                "user_tier", tier.word(),
                "upgrade_url", plans.upgradeUrl() == null ? NullNode.getInstance() : plans.upgradeUrl());
        throw Failure.of(
                FailureCode.PERMISSION_DENIED,
                "Plugin %s requires the tier \"%s\". Your plan includes \"%s\"."
                        .formatted(plugin.id(), plugin.tier().word(), tier.word()),
                () -> details);
    }

    /** Checks the parameters. Names that begin with an underscore are reserved for fields that Keyswitch adds. */
    private static ObjectNode checked(JsonNode params) {
        if (!(params instanceof ObjectNode object)) {
            throw Failure.invalidArgument("params must be an object.");
        }
        for (var name : object.propertyNames()) {
            if (name.startsWith("_")) {
                throw Failure.invalidArgument("params must not contain names that begin with an underscore.");
            }
        }
        if (Json.bytes(object).length > MAX_PARAMS) {
            throw Failure.invalidArgument("params must have at most %d bytes.".formatted(MAX_PARAMS));
        }
        return object;
    }

    /** The user's key for the model behind a plugin; null to use the worker's own. */
    private @Nullable ApiKey ownKey(UserId user, Plugin plugin, InFlight<UserId, KeyInUse>.Operation use) {
        if (!plugin.llm()) {
            return null;
        }
        return switch (router.route(user).route()) {
            case Route.Ready(var target, var own)
            when own != null && plugin.keysOf().contains(own.provider()) -> {
                use.dependsOn(KeyInUse.of(own));
                yield target.key();
            }
            case Route.Unusable(var failure) when failure.reason() == Reason.KEY_UNREADABLE -> throw failure;
            case Route.Ready _, Route.Unusable _, Route.NothingConfigured _ -> null;
        };
    }
}

package io.keyswitch.http.callable;

import io.keyswitch.core.Failure;
import io.keyswitch.core.Json;
import io.keyswitch.http.callable.CallableFunction.Call;
import io.keyswitch.swarmspace.Plugins;
import io.keyswitch.swarmspace.registry.Plugin;
import io.keyswitch.swarmspace.registry.Tier;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The functions for SwarmSpace plugins, with the names and fields of SwarmSpace's own router. */
public final class SwarmspaceFunctions {
    private static final String PLUGIN_ID = "plugin_id";
    private static final String TIER_INSUFFICIENT = "tier_insufficient";

    private final Plugins plugins;

    public SwarmspaceFunctions(Plugins plugins) {
        this.plugins = plugins;
    }

    public Map<String, CallableFunction> byName() {
        return Map.of(
                "swarmspaceRouter", this::route,
                "swarmspacePluginStatus", this::status,
                "swarmspacePluginCatalog", this::catalog);
    }

    private Object route(Call call) {
        return plugins.call(caller(call), pluginId(call), call.arguments().object("params"));
    }

    private Object status(Call call) {
        var id = pluginId(call);
        var plugin = plugins.registry().find(id);
        if (plugin == null) {
            return Map.of("available", false, "reason", "unknown_plugin");
        }
        var tier = plugins.tier(caller(call));
        var reason = reason(plugin, tier);
        return Json.object()
                .put("available", reason == null)
                .put(PLUGIN_ID, id)
                .put("user_tier", tier.word())
                .put("required_tier", plugin.tier().word())
                .put("reason", reason)
                .put("upgrade_url", TIER_INSUFFICIENT.equals(reason) ? plugins.upgradeUrl() : null);
    }

    private Object catalog(Call call) {
        var tier = plugins.tier(caller(call));
        var catalog = Json.object().put("user_tier", tier.word());
        var entries = catalog.putArray("plugins");
        plugins.registry().all().forEach(plugin -> entries.add(entry(plugin, tier)));
        return catalog.put("upgrade_url", plugins.upgradeUrl());
    }

    private ObjectNode entry(Plugin plugin, Tier tier) {
        var reason = reason(plugin, tier);
        var entry = Json.object()
                .put(PLUGIN_ID, plugin.id())
                .put("required_tier", plugin.tier().word())
                .put("description", plugin.about().description())
                .put("example_query", plugin.about().example())
                .put("available", reason == null)
                .put("reason", reason)
                .put("cost_tier", plugin.tiers().cost().word());
        var capabilities = entry.putArray("capabilities");
        plugin.about().capabilities().forEach(capabilities::add);
        return entry;
    }

    /** Why a plugin cannot be used; null if it can. */
    private @Nullable String reason(Plugin plugin, Tier tier) {
        if (!plugins.isSetUp(plugin)) {
            return "not_configured";
        }
        return tier.includes(plugin.tier()) ? null : TIER_INSUFFICIENT;
    }

    private static Plugins.Caller caller(Call call) {
        return new Plugins.Caller(call.user(), call.plan());
    }

    private static String pluginId(Call call) {
        var id = call.arguments().labelOrNull(PLUGIN_ID);
        if (id == null || id.isEmpty()) {
            throw Failure.invalidArgument("plugin_id is required");
        }
        return id;
    }
}

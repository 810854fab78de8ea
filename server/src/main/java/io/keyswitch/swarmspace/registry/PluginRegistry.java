package io.keyswitch.swarmspace.registry;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All plugins, in the order of the registry. Immutable. */
public final class PluginRegistry {
    private final Map<String, Plugin> byId = new LinkedHashMap<>();

    public PluginRegistry(List<Plugin> plugins) {
        plugins.forEach(plugin -> byId.put(plugin.id(), plugin));
    }

    /** The plugin with an ID; null if there is none. */
    public @Nullable Plugin find(String id) {
        return byId.get(id);
    }

    public List<Plugin> all() {
        return List.copyOf(byId.values());
    }
}

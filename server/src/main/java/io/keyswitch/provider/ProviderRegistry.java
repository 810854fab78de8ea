package io.keyswitch.provider;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** All providers, in the order they are offered. Immutable. */
public final class ProviderRegistry {
    private final SequencedMap<ProviderId, Provider> byId;
    private final Map<String, Provider> byName;

    private ProviderRegistry(SequencedMap<ProviderId, Provider> byId, Map<String, Provider> byName) {
        this.byId = byId;
        this.byName = byName;
    }

    /**
     * A registry of these providers, in this order.
     *
     * @throws IllegalArgumentException if two providers share an id, an alias or a display name
     */
    public static ProviderRegistry of(List<Provider> providers) {
        var byId = new LinkedHashMap<ProviderId, Provider>();
        var byName = new HashMap<String, Provider>();
        for (var provider : providers) {
            byId.put(provider.id(), provider);
            claim(byName, provider.id().value(), provider);
            claim(byName, provider.displayName(), provider);
            for (var alias : provider.aliases()) {
                claim(byName, alias, provider);
            }
        }
        return new ProviderRegistry(byId, byName);
    }

    private static void claim(Map<String, Provider> byName, String name, Provider provider) {
        var holder = byName.putIfAbsent(nameKey(name), provider);
        if (holder != null && !holder.id().equals(provider.id())) {
            throw new IllegalArgumentException(
                    "providers %s and %s are both called \"%s\"".formatted(holder.id(), provider.id(), name));
        }
    }

    /** Normalises a name: lower-case letters and digits only, so that case, spaces and punctuation do not matter. */
    public static String nameKey(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
    }

    public List<Provider> all() {
        return List.copyOf(byId.values());
    }

    public @Nullable Provider find(ProviderId id) {
        return byId.get(id);
    }

    /** The display name of a provider, or its ID if it is no longer in the registry. */
    public String displayName(ProviderId id) {
        var provider = find(id);
        return provider == null ? id.value() : provider.displayName();
    }

    /**
     * Finds a provider by id, display name or alias, ignoring case, spaces and punctuation.
     *
     * @return null if no provider has that name
     */
    public @Nullable Provider named(String name) {
        return byName.get(nameKey(name));
    }

    /** All names that {@link #named} finds, normalised by {@link #nameKey}. */
    public Map<String, Provider> names() {
        return Map.copyOf(byName);
    }
}

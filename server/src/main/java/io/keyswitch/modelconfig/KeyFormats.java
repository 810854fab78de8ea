package io.keyswitch.modelconfig;

import io.keyswitch.provider.Provider;
import io.keyswitch.provider.ProviderRegistry;
import io.keyswitch.secret.ApiKey;
import java.util.List;

/** The formats of providers' keys, as far as the registry knows them. A format suggests a provider and proves nothing. */
public final class KeyFormats {
    private final ProviderRegistry providers;

    public KeyFormats(ProviderRegistry providers) {
        this.providers = providers;
    }

    /** The providers whose keys have the format of a key: those with the longest matching prefix. */
    public List<Provider> of(ApiKey key) {
        int longest = providers.all().stream()
                .mapToInt(provider -> matching(provider, key))
                .max()
                .orElse(0);
        var all = providers.all().stream()
                .filter(provider -> longest > 0 && matching(provider, key) == longest)
                .toList();
        var own = all.stream().filter(KeyFormats::issuesItsOwn).toList();
        return own.isEmpty() ? all : own;
    }

    /** The length of the longest prefix of a provider's keys that a key has. */
    private static int matching(Provider provider, ApiKey key) {
        return provider.keys().prefixes().stream()
                .filter(key::hasPrefix)
                .mapToInt(String::length)
                .max()
                .orElse(0);
    }

    private static boolean issuesItsOwn(Provider provider) {
        return provider.keys().name().equals(provider.displayName());
    }
}

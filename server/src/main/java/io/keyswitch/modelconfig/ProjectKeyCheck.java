package io.keyswitch.modelconfig;

import io.keyswitch.llm.Target;
import io.keyswitch.provider.Provider;
import io.keyswitch.provider.ProviderRegistry;
import io.keyswitch.secret.ApiKey;
import java.util.Map;
import java.util.function.Consumer;

/** Checks the project keys with their providers. Blocking; thread-safe. */
public final class ProjectKeyCheck {
    /** The owner of the calls; no user has this ID. */
    private static final String OWNER = "";

    private final ProviderRegistry providers;
    private final ProjectKeys projectKeys;
    private final KeyCheck check;

    public ProjectKeyCheck(ProviderRegistry providers, ProjectKeys projectKeys, KeyCheck check) {
        this.providers = providers;
        this.projectKeys = projectKeys;
        this.check = check;
    }

    /**
     * Checks all project keys, one after the other.
     *
     * @param configs the number of model configs that use the project key of each provider
     */
    public void run(Map<String, Long> configs, Consumer<ProjectKeyFinding> findings) {
        for (var provider : providers.all()) {
            var key = projectKeys.find(provider);
            var inUse = configs.get(provider.id().value());
            if (key != null) {
                findings.accept(check(provider, key));
            } else if (inUse != null) {
                findings.accept(ProjectKeyFinding.missing(provider, inUse));
            }
        }
    }

    private ProjectKeyFinding check(Provider provider, ApiKey key) {
        if (provider.keys().check().get() == null) {
            return ProjectKeyFinding.unchecked(provider);
        }
        var model = projectKeys.modelOf(provider);
        var target = new Target(provider, provider.endpoint(null), model, key, OWNER);
        return ProjectKeyFinding.of(provider, model, check.check(target, KeySource.PROJECT));
    }
}

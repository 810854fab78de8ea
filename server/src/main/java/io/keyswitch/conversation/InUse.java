package io.keyswitch.conversation;

import io.keyswitch.modelconfig.KeySource;
import io.keyswitch.modelconfig.ModelConfig;
import io.keyswitch.modelconfig.ProjectKeys;
import io.keyswitch.provider.ModelId;
import io.keyswitch.provider.ProviderRegistry;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a chat uses.
 *
 * @param provider the display name
 */
record InUse(String provider, ModelId model, KeySource source) {
    /**
     * What a chat with a config uses; null for nothing.
     *
     * @param config null for the default model
     */
    static @Nullable InUse of(@Nullable ModelConfig config, ProviderRegistry providers, ProjectKeys projectKeys) {
        if (config != null) {
            return new InUse(providers.displayName(config.provider()), config.modelId(), config.keySource());
        }
        var standard = projectKeys.defaultModel();
        return standard == null
                ? null
                : new InUse(standard.provider().displayName(), standard.model(), KeySource.PROJECT);
    }

    Map<String, String> arguments() {
        return Map.of("provider", provider, "model", model.value());
    }
}

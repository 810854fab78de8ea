package io.keyswitch.modelconfig;

import io.keyswitch.provider.ModelId;
import io.keyswitch.provider.Provider;
import org.jspecify.annotations.Nullable;

/**
 * A model configuration that a user requests.
 *
 * @param accountId ignored for providers without account IDs
 * @param key the key to use
 */
public record ModelChoice(
        Provider provider, ModelId model, @Nullable String accountId, KeyChoice key) {
    /** The same choice with another key. */
    public ModelChoice with(KeyChoice another) {
        return new ModelChoice(provider, model, accountId, another);
    }
}

package io.keyswitch.modelconfig;

import io.keyswitch.provider.ModelId;
import io.keyswitch.provider.Provider;
import org.jspecify.annotations.Nullable;

/**
 * What a user wants to set.
 *
 * @param accountId ignored by providers without one
 * @param key whose key pays
 */
public record ModelChoice(
        Provider provider, ModelId model, @Nullable String accountId, KeyChoice key) {}

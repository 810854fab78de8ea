package io.keyswitch.modelconfig;

import io.keyswitch.provider.ModelId;
import io.keyswitch.provider.Provider;
import io.keyswitch.secret.ApiKey;
import org.jspecify.annotations.Nullable;

/**
 * What a user wants to set.
 *
 * @param accountId ignored by providers without one
 * @param ownKey null for the project key
 */
public record ModelChoice(
        Provider provider,
        ModelId model,
        @Nullable String accountId,
        @Nullable ApiKey ownKey) {}

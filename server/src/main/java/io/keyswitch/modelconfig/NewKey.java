package io.keyswitch.modelconfig;

import io.keyswitch.provider.Provider;
import io.keyswitch.secret.ApiKey;
import org.jspecify.annotations.Nullable;

/**
 * A key that a user enters without choosing a model.
 *
 * @param accountId ignored for providers without account IDs
 */
public record NewKey(Provider provider, @Nullable String accountId, ApiKey key) {}

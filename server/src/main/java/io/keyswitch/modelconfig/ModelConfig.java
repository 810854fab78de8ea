package io.keyswitch.modelconfig;

import io.keyswitch.provider.ModelId;
import io.keyswitch.provider.ProviderId;
import io.keyswitch.secret.SealedKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One user's choice.
 *
 * @param accountId null for providers without one
 * @param ownKey null with the project key
 */
public record ModelConfig(
        ProviderId provider,
        ModelId modelId,
        KeySource keySource,
        @Nullable String accountId,
        @Nullable OwnKey ownKey,
        Instant updatedAt) {

    /**
     * The user's key as it is stored: encrypted, with its last four characters to recognise it by.
     *
     * @param baseUrl the provider's base URL that it was entered for; null if it was stored by an earlier version
     */
    public record OwnKey(
            SealedKey sealed, String hint, @Nullable String baseUrl) {}

    public ModelConfig {
        if ((keySource == KeySource.OWN) != (ownKey != null)) {
            throw new IllegalArgumentException("an own key is there exactly when it pays");
        }
    }
}

package io.keyswitch.modelconfig;

import io.keyswitch.provider.ModelId;
import io.keyswitch.provider.ProviderId;
import io.keyswitch.secret.SealedKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A user's stored model configuration.
 *
 * @param accountId null for providers without account IDs
 * @param ownKey null if the project key is used
 */
public record ModelConfig(
        ProviderId provider,
        ModelId modelId,
        KeySource keySource,
        @Nullable String accountId,
        @Nullable OwnKey ownKey,
        Instant updatedAt) {

    /**
     * A user's key as stored: encrypted, with its last four characters in plaintext as a hint.
     *
     * @param baseUrl the provider's base URL when the key was entered; null if it was stored by an earlier version
     */
    public record OwnKey(
            SealedKey sealed, String hint, @Nullable String baseUrl) {}

    public ModelConfig {
        if ((keySource == KeySource.OWN) != (ownKey != null)) {
            throw new IllegalArgumentException("ownKey must be set if and only if keySource is OWN");
        }
    }
}

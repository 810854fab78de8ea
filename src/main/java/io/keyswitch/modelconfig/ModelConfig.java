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

    /** The user's key as it is kept: encrypted, with its last four characters to know it by. */
    public record OwnKey(SealedKey sealed, String hint) {}

    public ModelConfig {
        if ((keySource == KeySource.OWN) != (ownKey != null)) {
            throw new IllegalArgumentException("an own key is there exactly when it pays");
        }
    }
}

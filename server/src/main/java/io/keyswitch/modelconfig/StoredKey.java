package io.keyswitch.modelconfig;

import io.keyswitch.provider.ProviderId;
import io.keyswitch.secret.SealedKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A user's API key as stored: encrypted, with its last four characters in plaintext as a hint.
 *
 * @param accountId null for providers without account IDs
 * @param baseUrl the provider's base URL when the key was entered; null if it was stored by an earlier version
 */
public record StoredKey(
        ProviderId provider,
        @Nullable String accountId,
        SealedKey sealed,
        String hint,
        @Nullable String baseUrl,
        Instant savedAt,
        Check check) {
    /**
     * The last check of the key.
     *
     * @param verdict the word of a {@link Verdict}; null if the key was stored by an earlier version
     */
    public record Check(Instant at, @Nullable String verdict) {}
}

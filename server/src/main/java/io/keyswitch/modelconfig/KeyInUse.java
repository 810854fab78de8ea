package io.keyswitch.modelconfig;

import io.keyswitch.provider.ProviderId;
import java.time.Instant;

/**
 * Tells a user's key from the one that replaces it, and is the same when the key is encrypted again.
 *
 * @param savedAt when it was entered
 */
public record KeyInUse(ProviderId provider, Instant savedAt) {
    /** What identifies a stored key. */
    public static KeyInUse of(StoredKey key) {
        return new KeyInUse(key.provider(), key.savedAt());
    }
}

package io.keyswitch.modelconfig;

import java.time.Instant;

/**
 * Tells a user's key from the one that replaces it, and is the same when the key is encrypted again.
 *
 * @param provider the ID of its provider
 * @param savedAt when it was entered
 */
public record KeyInUse(String provider, Instant savedAt) {
    /** What identifies a stored key. */
    public static KeyInUse of(StoredKey key) {
        return new KeyInUse(key.provider().value(), key.savedAt());
    }
}

package io.keyswitch.secret;

/**
 * A stored key cannot be decrypted: it was altered, it is bound to another user, provider or endpoint, or its master
 * key is not configured. Not the same as a missing key.
 */
public final class UnreadableKeyException extends RuntimeException {
    UnreadableKeyException(String reason) {
        super(reason);
    }
}

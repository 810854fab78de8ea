package io.keyswitch.secret;

/**
 * A stored key that does not open: altered, moved to another user, provider or endpoint, or encrypted with a master key
 * that is not configured. Never the same as "no key".
 */
public final class UnreadableKeyException extends RuntimeException {
    UnreadableKeyException(String reason) {
        super(reason);
    }
}

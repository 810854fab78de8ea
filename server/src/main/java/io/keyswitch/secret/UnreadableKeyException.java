package io.keyswitch.secret;

/**
 * A stored key cannot be decrypted: it was altered, it is bound to another user, provider or endpoint, or its master
 * key is not configured. Not the same as a missing key.
 */
public final class UnreadableKeyException extends RuntimeException {
    private final boolean masterKeyMissing;

    UnreadableKeyException(String reason) {
        this(reason, false);
    }

    private UnreadableKeyException(String reason, boolean masterKeyMissing) {
        super(reason);
        this.masterKeyMissing = masterKeyMissing;
    }

    static UnreadableKeyException withoutMasterKey() {
        return new UnreadableKeyException("the record's master key is not configured", true);
    }

    /** Whether the operator can make it readable by adding a master key; its user need not enter it again. */
    public boolean isMasterKeyMissing() {
        return masterKeyMissing;
    }
}

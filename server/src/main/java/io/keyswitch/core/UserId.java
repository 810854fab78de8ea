package io.keyswitch.core;

/**
 * The verified identity of a user: issuer and subject in one string, unique across issuers.
 *
 * @param value 1 to 512 characters, no unpaired surrogates
 */
public record UserId(String value) {
    public UserId {
        if (value.isEmpty() || value.length() > 512 || !isWellFormed(value)) {
            throw new IllegalArgumentException("a user ID must have 1 to 512 characters and no unpaired surrogates");
        }
    }

    /** Whether a string has no unpaired surrogates. UTF-8 encodes them all alike, so their users would be the same. */
    public static boolean isWellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (!Character.isSupplementaryCodePoint(text.codePointAt(i))) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return value;
    }
}

package io.keyswitch.core;

/**
 * The verified identity of a user: issuer and subject in one string, unique across issuers.
 *
 * @param value 1 to 512 whole characters
 */
public record UserId(String value) {
    public UserId {
        if (value.isEmpty() || value.length() > 512 || !isWellFormed(value)) {
            throw new IllegalArgumentException("a user id has 1 to 512 whole characters");
        }
    }

    /** Whether a string has no half of a surrogate pair. In UTF-8 all of those look the same, and so would their users. */
    public static boolean isWellFormed(String text) {
        return text.codePoints().noneMatch(codePoint -> Character.getType(codePoint) == Character.SURROGATE);
    }

    @Override
    public String toString() {
        return value;
    }
}

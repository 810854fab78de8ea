package io.keyswitch.user;

/**
 * The verified identity of a user: issuer and subject in one string, unique across issuers.
 *
 * @param value 1 to 512 characters
 */
public record UserId(String value) {
    public UserId {
        if (value.isEmpty() || value.length() > 512) {
            throw new IllegalArgumentException("a user id has 1 to 512 characters");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}

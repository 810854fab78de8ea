package io.keyswitch.auth;

import java.time.Instant;

/**
 * A personal token as its owner may see it again: without the secret.
 *
 * @param id to revoke it by
 * @param name what the owner calls it
 */
public record PersonalToken(String id, String name, Instant createdAt) {
    /**
     * A token just made.
     *
     * @param secret the token itself, shown this once
     */
    public record Created(PersonalToken token, String secret) {
        @Override
        public String toString() {
            return "Created[" + token + "]";
        }
    }
}

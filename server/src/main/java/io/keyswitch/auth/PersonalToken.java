package io.keyswitch.auth;

import java.time.Instant;

/**
 * A personal token, without its secret.
 *
 * @param id the ID that revokes it
 * @param name the label chosen by the owner
 */
public record PersonalToken(String id, String name, Instant createdAt) {
    /**
     * A newly created token.
     *
     * @param secret the token itself, shown only once
     */
    public record Created(PersonalToken token, String secret) {
        @Override
        public String toString() {
            return "Created[" + token + "]";
        }
    }
}

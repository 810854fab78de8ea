package io.keyswitch.modelconfig;

import io.keyswitch.secret.ApiKey;

/** The key that a {@link ModelChoice} uses. */
public sealed interface KeyChoice {
    /** Whose key it is. */
    default KeySource source() {
        return switch (this) {
            case Project _ -> KeySource.PROJECT;
            case Given _, Stored _ -> KeySource.OWN;
        };
    }

    /** The operator's key. */
    record Project() implements KeyChoice {}

    /** A key that the user has just entered. */
    record Given(ApiKey key) implements KeyChoice {}

    /** The user's stored key for the same provider and account. */
    record Stored() implements KeyChoice {}
}

package io.keyswitch.modelconfig;

import io.keyswitch.secret.ApiKey;

/** Whose key a choice is to use. */
public sealed interface KeyChoice {
    /** The operator's. */
    record Project() implements KeyChoice {}

    /** The user's, just given. */
    record Given(ApiKey key) implements KeyChoice {}

    /** The user's, as it is stored for the same provider and account. */
    record Stored() implements KeyChoice {}
}

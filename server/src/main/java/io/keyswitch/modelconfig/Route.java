package io.keyswitch.modelconfig;

import io.keyswitch.core.Failure;
import io.keyswitch.llm.Target;

/** Where a user's messages go, or why they cannot. */
public sealed interface Route {
    /** To this target. */
    record Ready(Target target, KeySource keySource) implements Route {}

    /** The user has no config and the operator pays for none. */
    record NothingConfigured() implements Route {}

    /** The config cannot be used, and why. */
    record Unusable(Failure failure) implements Route {}
}

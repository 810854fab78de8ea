package io.keyswitch.modelconfig;

import io.keyswitch.llm.Target;

/** Where a user's messages go, or why they cannot. */
public sealed interface Route {
    /** To this target. */
    record Ready(Target target, KeySource keySource) implements Route {}

    /** The user has no config and the operator pays for none. */
    record NothingConfigured() implements Route {}

    /** The config cannot be used; the sentence says why and what to do. */
    record Unusable(Reason reason, String sentence) implements Route {}

    /** Why a config cannot be used. */
    enum Reason {
        PROVIDER_REMOVED,
        PROJECT_KEY_REMOVED,
        KEY_UNREADABLE,
        CONFIG_UNREADABLE
    }
}

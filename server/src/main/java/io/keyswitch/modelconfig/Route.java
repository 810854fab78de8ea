package io.keyswitch.modelconfig;

import io.keyswitch.core.Failure;
import io.keyswitch.llm.Target;
import io.keyswitch.telemetry.CurrentRequest;

/** The target of a user's messages, or the reason why there is none. */
public sealed interface Route {
    /** Messages are sent to this target. */
    record Ready(Target target, KeySource keySource) implements Route {
        /** This route in log lines. */
        public CurrentRequest.Answering answering() {
            return new CurrentRequest.Answering(
                    target.provider().id().value(), target.model().value(), keySource.word());
        }
    }

    /** The user has no config, and there is no default model. */
    record NothingConfigured() implements Route {}

    /** The config cannot be used, for the given reason. */
    record Unusable(Failure failure) implements Route {}
}

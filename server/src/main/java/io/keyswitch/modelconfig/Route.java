package io.keyswitch.modelconfig;

import io.keyswitch.core.Failure;
import io.keyswitch.llm.Target;
import io.keyswitch.provider.ModelId;
import io.keyswitch.telemetry.CurrentRequest;
import org.jspecify.annotations.Nullable;

/** The target of a user's messages, or the reason why there is none. */
public sealed interface Route {
    /**
     * Messages are sent to this target.
     *
     * @param ownKey the user's key that it has; null for the project key
     */
    record Ready(Target target, @Nullable StoredKey ownKey) implements Route {
        /** Whose key it has. */
        public KeySource keySource() {
            return ownKey == null ? KeySource.PROJECT : KeySource.OWN;
        }

        /** The same for another model. */
        public Ready withModel(ModelId model) {
            return new Ready(target.withModel(model), ownKey);
        }

        /** This route in log lines. */
        public CurrentRequest.Answering answering() {
            return new CurrentRequest.Answering(
                    target.provider().id().value(),
                    target.model().value(),
                    keySource().word());
        }
    }

    /** The user has no config, and there is no default model. */
    record NothingConfigured() implements Route {}

    /** The config cannot be used, for the given reason. */
    record Unusable(Failure failure) implements Route {}
}

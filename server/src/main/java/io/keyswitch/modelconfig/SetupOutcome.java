package io.keyswitch.modelconfig;

import io.keyswitch.core.Failure;
import io.keyswitch.provider.ProviderId;
import org.jspecify.annotations.Nullable;

/** The result of a {@link ModelChoice}. */
public sealed interface SetupOutcome {
    /**
     * It is in use.
     *
     * @param warning what the user should know about the key; null for nothing
     * @param dropped the provider whose own key is no longer stored; null if none was dropped for this
     */
    record Saved(
            ModelConfig config,
            @Nullable SetupWarning warning,
            @Nullable ProviderId dropped) implements SetupOutcome {}

    /**
     * It is not, and what was stored before is untouched.
     *
     * @param part what of the choice to correct
     */
    record Refused(Failure failure, Part part) implements SetupOutcome {}

    /** A part of a choice. */
    enum Part {
        MODEL,
        ACCOUNT_ID,
        KEY,
        /** The project key, where the provider has none: only an own key helps. */
        KEY_SOURCE
    }
}

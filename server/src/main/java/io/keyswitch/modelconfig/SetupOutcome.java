package io.keyswitch.modelconfig;

import io.keyswitch.core.Failure;
import org.jspecify.annotations.Nullable;

/** The result of a {@link ModelChoice}. */
public sealed interface SetupOutcome {
    /**
     * The choice was saved.
     *
     * @param warning a problem that did not prevent saving; null if there is none
     */
    record Saved(ModelConfig config, @Nullable SetupWarning warning) implements SetupOutcome {}

    /**
     * A key was saved without a choice.
     *
     * @param warning a problem that did not prevent saving; null if there is none
     */
    record KeySaved(StoredKey key, @Nullable SetupWarning warning) implements SetupOutcome {}

    /**
     * The choice was rejected; the previous config is unchanged.
     *
     * @param part the part of the choice to correct
     */
    record Refused(Failure failure, Part part) implements SetupOutcome {}

    /** A part of a choice. */
    enum Part {
        MODEL,
        ACCOUNT_ID,
        KEY,
        /** No part: something else stands in the way. */
        NONE,
        /** The project key, which the provider does not have: the user must enter a key. */
        KEY_SOURCE
    }
}

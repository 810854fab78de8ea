package io.keyswitch.modelconfig;

import org.jspecify.annotations.Nullable;

/** What became of a {@link ModelChoice}. */
public sealed interface SetupOutcome {
    /**
     * It is in use.
     *
     * @param warning what the user should know; null for nothing
     */
    record Saved(ModelConfig config, @Nullable String warning) implements SetupOutcome {}

    /** It is not, and what was stored before is untouched; the sentence says why and what to do. */
    record Refused(Reason reason, String sentence) implements SetupOutcome {}

    /** Why a choice was refused. */
    enum Reason {
        NO_PROJECT_KEY,
        INVALID_KEY,
        NOT_PERMITTED,
        INVALID_ACCOUNT_ID,
        CHANGED_MEANWHILE
    }
}

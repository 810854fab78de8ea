package io.keyswitch.modelconfig;

import io.keyswitch.provider.ProviderId;
import org.jspecify.annotations.Nullable;

/** What became of a {@link ModelChoice}. */
public sealed interface SetupOutcome {
    /**
     * It is in use.
     *
     * @param warning what the user should know; null for nothing
     * @param dropped the provider whose own key is no longer stored; null if none was dropped for this
     */
    record Saved(
            ModelConfig config,
            @Nullable String warning,
            @Nullable ProviderId dropped) implements SetupOutcome {}

    /** It is not, and what was stored before is untouched; the sentence says why and what to do. */
    record Refused(Reason reason, String sentence) implements SetupOutcome {}

    /** Why a choice was refused. */
    enum Reason {
        NO_PROJECT_KEY,
        NO_STORED_KEY,
        INVALID_KEY,
        KEY_IN_MODEL,
        NOT_PERMITTED,
        INVALID_ACCOUNT_ID,
        CHANGED_MEANWHILE
    }
}

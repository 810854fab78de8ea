package io.keyswitch.modelconfig;

import org.jspecify.annotations.Nullable;

/** The result of checking a {@link ModelChoice} or a {@link NewKey} with its provider. */
public sealed interface Checked {
    /** May be saved, unless the user's keys or configs have changed since. */
    sealed interface Accepted extends Checked {}

    /**
     * A choice that may be saved.
     *
     * @param revision the revision of the user's keys and configs when the check began
     * @param newKey the key to store with it; null for none
     * @param warning null if there is none
     */
    record AcceptedChoice(
            long revision,
            ModelChoice choice,
            ModelConfig config,
            @Nullable StoredKey newKey,
            @Nullable SetupWarning warning)
            implements Accepted {}

    /**
     * A key that may be saved.
     *
     * @param revision the revision of the user's keys and configs when the check began
     * @param warning null if there is none
     */
    record AcceptedKey(
            long revision,
            NewKey given,
            StoredKey newKey,
            @Nullable SetupWarning warning) implements Accepted {}

    /** Rejected; nothing may be saved. */
    record Refused(SetupOutcome.Refused outcome) implements Checked {}
}

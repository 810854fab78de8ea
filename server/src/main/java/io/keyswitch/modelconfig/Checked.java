package io.keyswitch.modelconfig;

import io.keyswitch.provider.ModelId;
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
            implements Accepted {
        /** Whether the provider lists models, but not the chosen one. */
        public boolean isUnlisted() {
            return warning != null && warning.verdict() instanceof Verdict.UnknownModel;
        }

        /** The listed model nearest to one that is not listed; null if none is near. */
        public @Nullable ModelId nearest() {
            return warning != null && warning.verdict() instanceof Verdict.UnknownModel(var near) && near != null
                    ? new ModelId(near)
                    : null;
        }
    }

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

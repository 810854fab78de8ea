package io.keyswitch.conversation;

import io.keyswitch.modelconfig.KeyChoice;
import io.keyswitch.modelconfig.ModelChoice;
import io.keyswitch.modelconfig.NewKey;
import io.keyswitch.provider.Provider;
import io.keyswitch.provider.ProviderId;
import io.keyswitch.secret.ApiKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The result of one message: the reply, the next question and the action to perform. */
sealed interface FlowStep {
    /** A step whose key or choice its provider checks before it is saved. */
    sealed interface Checkable extends FlowStep {
        Provider provider();

        /** The key that the user has given for it; null if a stored key or the project key is used. */
        @Nullable
        ApiKey givenKey();
    }

    /** The steps after a refused check: ask again, or end the flow. */
    sealed interface AskOrLeave extends FlowStep {}

    /** Ask the question of a state. */
    record Ask(FlowState state, String reply) implements AskOrLeave {}

    /**
     * Ask a question, and hold a pasted key until it is answered.
     *
     * @param provider null if the key may be for any provider with keys of its format
     */
    record Hold(ApiKey key, @Nullable Provider provider, Ask question) implements FlowStep {}

    /** Delete the held key, and ask. */
    record LetGo(Ask question) implements FlowStep {}

    /** Reply without changing the flow. */
    record Tell(String reply) implements FlowStep {}

    /** End the flow without a change. */
    record Leave(String reply) implements AskOrLeave {}

    /** A choice of a model: check and save it. */
    sealed interface OfChoice extends Checkable {
        ModelChoice choice();

        @Override
        default Provider provider() {
            return choice().provider();
        }

        @Override
        default @Nullable ApiKey givenKey() {
            return choice().key() instanceof KeyChoice.Given(var key) ? key : null;
        }
    }

    /** The choice is complete. */
    record Apply(ModelChoice choice) implements OfChoice {}

    /** A new key, without a choice of a model: check and save it. */
    record SaveKey(NewKey given) implements Checkable {
        @Override
        public Provider provider() {
            return given.provider();
        }

        @Override
        public ApiKey givenKey() {
            return given.key();
        }
    }

    /** The choice before the present one. */
    record Undo(ModelChoice choice) implements OfChoice {}

    /** There was no config before the present one: delete that. */
    record UndoToNone() implements FlowStep {}

    /** Delete the config; the keys remain. */
    record UseDefault() implements FlowStep {}

    /** Delete the stored keys for providers. */
    record ForgetKeys(List<ProviderId> providers) implements FlowStep {
        public ForgetKeys {
            providers = List.copyOf(providers);
        }
    }

    /**
     * Make the default config that of the thread alone.
     *
     * @param provider the provider that has just been chosen
     * @param restores whether the default of before is put back
     */
    record OnlyHere(ProviderId provider, boolean restores) implements FlowStep {}

    /** Report the model in use. */
    record SayWhich() implements FlowStep {}

    /** Forward the message to the user's model. */
    record PassOn() implements FlowStep {}

    /** Forward the message to the user's model, and end the flow. */
    record PassOnAndEnd() implements FlowStep {}
}

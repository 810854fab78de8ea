package io.keyswitch.conversation;

import io.keyswitch.modelconfig.ModelChoice;
import io.keyswitch.provider.Provider;
import org.jspecify.annotations.Nullable;

/** The result of one message: the reply, the next question and the action to perform. */
sealed interface FlowStep {
    /** Ask the question of a state. */
    record Ask(FlowState state, String reply) implements FlowStep {}

    /** Reply without changing the flow. */
    record Tell(String reply) implements FlowStep {}

    /** End the flow without a change. */
    record Leave(String reply) implements FlowStep {}

    /** The choice is complete: check and save it. */
    record Apply(ModelChoice choice) implements FlowStep {}

    /** Delete the config, including its key. */
    record UseDefault() implements FlowStep {}

    /**
     * Delete the stored key.
     *
     * @param provider the provider of the key; null for any
     */
    record ForgetKey(@Nullable Provider provider) implements FlowStep {}

    /** Report the model in use. */
    record SayWhich() implements FlowStep {}

    /** Forward the message to the user's model. */
    record PassOn() implements FlowStep {}
}

package io.keyswitch.conversation;

import io.keyswitch.modelconfig.ModelChoice;
import io.keyswitch.provider.Provider;
import org.jspecify.annotations.Nullable;

/** What follows from one message: what is said, what becomes of the open question, and what is to be done. */
sealed interface FlowStep {
    /** The flow continues with the question of a state. */
    record Ask(FlowState state, String reply) implements FlowStep {}

    /** An answer that leaves the flow as it is. */
    record Tell(String reply) implements FlowStep {}

    /** The flow is over, nothing has changed. */
    record Leave(String reply) implements FlowStep {}

    /** Everything is known: check the choice and put it into use. */
    record Apply(ModelChoice choice) implements FlowStep {}

    /** Delete the config, and with it the key. */
    record UseDefault() implements FlowStep {}

    /**
     * Delete the stored key.
     *
     * @param provider whose; null for whichever is stored
     */
    record ForgetKey(@Nullable Provider provider) implements FlowStep {}

    /** Say what is in use. */
    record SayWhich() implements FlowStep {}

    /** The message is for the user's model. */
    record PassOn() implements FlowStep {}
}

package io.keyswitch.conversation;

import io.keyswitch.modelconfig.ModelChoice;
import io.keyswitch.modelconfig.NewKey;
import io.keyswitch.provider.ProviderId;

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

    /** A new key, without a choice of a model: check and save it. */
    record SaveKey(NewKey given) implements FlowStep {}

    /** The choice before the present one: check and save it. */
    record Undo(ModelChoice earlier) implements FlowStep {}

    /** There was no config before the present one: delete that. */
    record UndoToNone() implements FlowStep {}

    /** Delete the config; the keys remain. */
    record UseDefault() implements FlowStep {}

    /** Delete a stored key. */
    record ForgetKey(ProviderId provider) implements FlowStep {}

    /** Report the model in use. */
    record SayWhich() implements FlowStep {}

    /** Forward the message to the user's model. */
    record PassOn() implements FlowStep {}
}

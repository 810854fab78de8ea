package io.keyswitch.conversation;

import io.keyswitch.modelconfig.ModelChoice;

/** What follows from one answer. */
sealed interface FlowStep {
    /** The flow continues with the question of a state. */
    record Ask(FlowState state, String reply) implements FlowStep {}

    /** Everything is known: check the choice and put it into use. */
    record Apply(ModelChoice choice) implements FlowStep {}

    /** The flow is over, nothing has changed. */
    record Leave(String reply) implements FlowStep {}
}

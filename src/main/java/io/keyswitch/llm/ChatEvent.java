package io.keyswitch.llm;

/** A piece of a completion, in the order it arrives: texts, at most one usage, then the finish. */
public sealed interface ChatEvent {
    /** A piece of the answer. */
    record Text(String text) implements ChatEvent {}

    /** A piece of what a model says of its thinking; not part of the answer. */
    record Reasoning(String text) implements ChatEvent {}

    /** The token counts so far. A later one replaces an earlier one; they are never added up. */
    record Used(Usage usage) implements ChatEvent {}

    /** The end the provider declared. What follows is usage at most. */
    record Finished(FinishReason reason) implements ChatEvent {}
}

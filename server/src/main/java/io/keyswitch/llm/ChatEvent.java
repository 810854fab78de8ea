package io.keyswitch.llm;

import org.jspecify.annotations.Nullable;

/** A piece of a completion, in the order it arrives: texts, at most one usage, then the finish. */
public sealed interface ChatEvent {
    /** A piece of the answer. */
    record Text(String text) implements ChatEvent {}

    /** A piece of what a model says of its thinking; not part of the answer. */
    record Reasoning(String text) implements ChatEvent {}

    /**
     * The model asks for a tool.
     *
     * @param index tells the calls of one answer apart, from 0
     * @param signature what the provider wants to see again with this call; null if it gave nothing
     */
    record ToolCall(
            int index, String id, String name, @Nullable String signature) implements ChatEvent {}

    /** A piece of the arguments of a call, JSON once all of them are joined. */
    record ToolArguments(int index, String json) implements ChatEvent {}

    /** The token counts so far. A later one replaces an earlier one; they are never added up. */
    record Used(Usage usage) implements ChatEvent {}

    /** The end the provider declared. What follows is usage at most. */
    record Finished(FinishReason reason) implements ChatEvent {}
}

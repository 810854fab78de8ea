package io.keyswitch.llm;

import org.jspecify.annotations.Nullable;

/** An event of a completion, in order of arrival. */
public sealed interface ChatEvent {
    /** A delta of the answer. */
    record Text(String text) implements ChatEvent {}

    /** A delta of the model's reasoning; not part of the answer. */
    record Reasoning(String text) implements ChatEvent {}

    /**
     * An image.
     *
     * @param mediaType such as {@code image/png}
     * @param base64 the bytes of the image
     */
    record Image(String mediaType, String base64) implements ChatEvent {}

    /**
     * The start of a tool call.
     *
     * @param index the index of the call within the answer, from 0
     * @param signature data that the provider requires back with this call; null for none
     */
    record ToolCall(
            int index, String id, String name, @Nullable String signature) implements ChatEvent {}

    /** A delta of a tool call's arguments; JSON once all are joined. */
    record ToolArguments(int index, String json) implements ChatEvent {}

    /** The token counts so far. A later one replaces an earlier one; they are never added up. */
    record Used(Usage usage) implements ChatEvent {}

    /** The finish reason; only usage may follow. */
    record Finished(FinishReason reason) implements ChatEvent {}
}

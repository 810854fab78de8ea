package io.keyswitch.llm;

import org.jspecify.annotations.Nullable;

/** A piece of a message's content. */
public sealed interface ChatPart {
    /** Plain text. */
    record Text(String text) implements ChatPart {}

    /**
     * An image by its bytes.
     *
     * @param mediaType such as {@code image/png}
     * @param base64 the bytes
     */
    record ImageData(String mediaType, String base64) implements ChatPart {}

    /** An image the provider is to fetch. */
    record ImageUrl(String url) implements ChatPart {}

    /**
     * The assistant's wish to have a tool called.
     *
     * @param arguments a JSON object as text; empty for none
     * @param signature what the provider wants to see again with this call; null if it gave nothing
     */
    record ToolCall(
            String id,
            String name,
            String arguments,
            @Nullable String signature) implements ChatPart {}

    /** What a called tool gave back; part of a user's message. */
    record ToolResult(String callId, String content) implements ChatPart {}
}

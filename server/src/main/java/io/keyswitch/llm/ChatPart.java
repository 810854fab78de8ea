package io.keyswitch.llm;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A piece of a message's content. */
public sealed interface ChatPart {
    /** Plain text. */
    record Text(String text) implements ChatPart {}

    /**
     * An inline image.
     *
     * @param mediaType such as {@code image/png}
     * @param base64 the bytes of the image
     */
    record ImageData(String mediaType, String base64) implements ChatPart {}

    /** An image for the provider to fetch. */
    record ImageUrl(String url) implements ChatPart {}

    /**
     * An inline PDF document.
     *
     * @param name the name of the file; null if unknown
     * @param base64 the bytes of the document
     */
    record Document(@Nullable String name, String base64) implements ChatPart {}

    /**
     * An inline recording.
     *
     * @param mediaType such as {@code audio/mp3}
     * @param base64 the bytes of the recording
     */
    record Audio(String mediaType, String base64) implements ChatPart {}

    /**
     * Marks that the request up to here will be sent again, for providers that cache what their clients mark.
     *
     * @param ttl how long to keep it, in Anthropic's words; null leaves it to the provider
     */
    record CachePoint(@Nullable String ttl) implements ChatPart {}

    /**
     * A tool call by the assistant.
     *
     * @param arguments a JSON object as text; empty for none
     * @param signature data that the provider requires back with this call; null for none
     */
    record ToolCall(
            String id,
            String name,
            String arguments,
            @Nullable String signature) implements ChatPart {}

    /**
     * The result of a tool call; part of a user message.
     *
     * @param content text, often JSON
     * @param images images that belong to it
     */
    record ToolResult(String callId, String content, List<ChatPart> images) implements ChatPart {
        public ToolResult {
            images = List.copyOf(images);
        }
    }
}

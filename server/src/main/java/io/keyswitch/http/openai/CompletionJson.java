package io.keyswitch.http.openai;

import io.keyswitch.core.Json;
import io.keyswitch.llm.ChatEvent;
import io.keyswitch.llm.FinishReason;
import io.keyswitch.llm.Usage;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes {@code chat.completion} objects and their chunks (openai-openapi, 2026-08).
 *
 * @param id the same in every chunk
 * @param model the model shown to the client
 */
record CompletionJson(String id, long created, String model) {
    static CompletionJson begin(String model) {
        return new CompletionJson(
                "chatcmpl-" + UUID.randomUUID().toString().replace("-", ""),
                Instant.now().getEpochSecond(),
                model);
    }

    private ObjectNode root(String object) {
        return Json.object()
                .put("id", id)
                .put("object", object)
                .put("created", created)
                .put("model", model);
    }

    /** A chunk with an empty delta to fill. */
    ObjectNode chunk(@Nullable FinishReason finish, boolean withUsage) {
        var chunk = root("chat.completion.chunk");
        var choice = chunk.putArray("choices").addObject().put("index", 0);
        choice.putObject("delta");
        choice.putNull("logprobs");
        choice.put("finish_reason", finish == null ? null : word(finish));
        if (withUsage) {
            chunk.putNull("usage");
        }
        return chunk;
    }

    static ObjectNode delta(ObjectNode chunk) {
        return (ObjectNode) chunk.path("choices").path(0).path("delta");
    }

    /** The usage chunk, which follows the finish reason and has no choices. */
    ObjectNode usageChunk(Usage usage) {
        var chunk = root("chat.completion.chunk");
        chunk.putArray("choices");
        chunk.set("usage", usage(usage));
        return chunk;
    }

    ObjectNode whole(ObjectNode message, FinishReason finish, Usage usage) {
        var whole = root("chat.completion");
        var choice = whole.putArray("choices").addObject().put("index", 0);
        choice.set("message", message);
        choice.putNull("logprobs");
        choice.put("finish_reason", word(finish));
        whole.set("usage", usage(usage));
        return whole;
    }

    /** An image of an answer, in OpenRouter's format: OpenAI's own has none. */
    static ObjectNode image(ChatEvent.Image image) {
        var json = Json.object().put("type", "image_url");
        json.putObject("image_url").put("url", "data:%s;base64,%s".formatted(image.mediaType(), image.base64()));
        return json;
    }

    /** A tool call with empty arguments. */
    static ObjectNode toolCall(ChatEvent.ToolCall call) {
        var json = Json.object().put("id", call.id()).put("type", "function");
        json.putObject("function").put("name", call.name()).put("arguments", "");
        return json;
    }

    private static ObjectNode usage(Usage usage) {
        var json = Json.object()
                .put("prompt_tokens", usage.inputTokens())
                .put("completion_tokens", usage.outputTokens())
                .put("total_tokens", usage.inputTokens() + usage.outputTokens());
        json.putObject("prompt_tokens_details").put("cached_tokens", usage.cachedTokens());
        json.putObject("completion_tokens_details").put("reasoning_tokens", usage.reasoningTokens());
        return json;
    }

    private static String word(FinishReason reason) {
        return switch (reason) {
            case STOP -> "stop";
            case LENGTH -> "length";
            case TOOL_CALLS -> "tool_calls";
            case CONTENT_FILTER -> "content_filter";
        };
    }
}

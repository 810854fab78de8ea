package io.keyswitch.http.openai;

import io.keyswitch.llm.ChatPart.CachePoint;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The field {@code cache_control} of Anthropic's API, which clients of OpenRouter and LiteLLM send in OpenAI's format too:
 * in parts of messages and in tools.
 */
final class CacheMarks {
    private CacheMarks() {}

    /** The mark of one part or tool. */
    static Optional<CachePoint> of(JsonNode marked) {
        var mark = marked.path("cache_control");
        if (!mark.isObject()) {
            return Optional.empty();
        }
        var ttl = mark.path("ttl");
        return Optional.of(new CachePoint(ttl.isString() ? ttl.stringValue() : null));
    }

    /** The first mark in a list of parts or tools, or another if there is none. */
    static @Nullable CachePoint firstIn(JsonNode list, @Nullable CachePoint other) {
        return list.valueStream().flatMap(one -> of(one).stream()).findFirst().orElse(other);
    }
}

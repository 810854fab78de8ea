package io.keyswitch.llm.wire;

import io.keyswitch.llm.ChatEvent;
import io.keyswitch.llm.sse.SseEvent;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Decodes one response. Not thread-safe. Every method throws {@link io.keyswitch.llm.LlmException} if the response
 * reports a failure.
 */
public interface AnswerDecoder {
    /** Decodes the next event of a streamed response. */
    List<ChatEvent> event(SseEvent event);

    /** Decodes a complete response that is one JSON value. */
    List<ChatEvent> whole(JsonNode body);

    /** Whether the response reached the end that its wire format defines; its usage may still follow. */
    boolean finished();

    /** Whether a stream reached its end marker. */
    boolean complete();
}

package io.keyswitch.llm.wire;

import io.keyswitch.llm.ChatEvent;
import io.keyswitch.llm.sse.SseEvent;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Reads one answer. Not thread-safe. Every method throws {@link io.keyswitch.llm.LlmException} for a reported failure. */
public interface AnswerDecoder {
    /** Reads the next event of a streamed answer. */
    List<ChatEvent> event(SseEvent event);

    /** Reads a whole answer that came as one JSON value. */
    List<ChatEvent> whole(JsonNode body);

    /** Whether the answer reached the end its wire format declares. */
    boolean finished();
}

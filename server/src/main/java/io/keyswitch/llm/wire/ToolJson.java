package io.keyswitch.llm.wire;

import io.keyswitch.core.Json;
import io.keyswitch.llm.LlmException;
import io.keyswitch.llm.LlmFailure;
import io.keyswitch.provider.Quirks;
import tools.jackson.databind.node.ObjectNode;

/** What the other wire formats need to say what a client said in OpenAI's. */
public final class ToolJson {
    private ToolJson() {}

    /**
     * The arguments of a call as an object: elsewhere they are JSON, not text.
     *
     * @throws LlmException if they are none
     */
    public static ObjectNode arguments(String text) {
        if (text.isBlank()) {
            return Json.object();
        }
        if (Json.readFromProvider(text) instanceof ObjectNode object) {
            return object;
        }
        throw unsupported("messages");
    }

    /** What a tool gave back as an object; text that is none stands in its field {@code result}. */
    public static ObjectNode result(String content) {
        return Json.readFromProvider(content) instanceof ObjectNode object
                ? object
                : Json.object().put("result", content);
    }

    /**
     * Refuses what the wire format has no word for, unless the registry says to drop it.
     *
     * @throws LlmException naming the field
     */
    public static void refuse(boolean asked, String field, Quirks quirks) {
        if (asked && !quirks.drop().contains(field)) {
            throw unsupported(field);
        }
    }

    public static LlmException unsupported(String field) {
        return new LlmException(LlmFailure.unsupported(field));
    }
}

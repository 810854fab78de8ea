package io.keyswitch.llm.wire;

import io.keyswitch.core.Json;
import io.keyswitch.llm.LlmException;
import io.keyswitch.llm.LlmFailure;
import io.keyswitch.provider.Quirks;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** Conversions of OpenAI tool calls and results for the other wire formats. */
public final class ToolJson {
    private ToolJson() {}

    /**
     * Parses the arguments of a call, which OpenAI sends as a string, into an object. A model may have been cut off while it
     * wrote them; the call then keeps what it wrote in the field {@code arguments}.
     */
    public static ObjectNode arguments(String text) {
        if (text.isBlank()) {
            return Json.object();
        }
        return Json.readFromProvider(text) instanceof ObjectNode object
                ? object
                : Json.object().put("arguments", text);
    }

    /** An ID for a call that its provider gave none. */
    public static String newCallId() {
        return "call_" + UUID.randomUUID().toString().replace("-", "");
    }

    /** A tool's result as an object; a string that is not a JSON object becomes its field {@code result}. */
    public static ObjectNode result(String content) {
        return Json.readFromProvider(content) instanceof ObjectNode object
                ? object
                : Json.object().put("result", content);
    }

    /**
     * Rejects a field that the wire format cannot express, unless the registry says to drop it.
     *
     * @throws LlmException with the field
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

package io.keyswitch.llm.wire.anthropic;

import io.keyswitch.core.Json;
import io.keyswitch.llm.wire.Node;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Collects the thinking blocks of a response. After a tool call, the API requires them back, unchanged and in order.
 * Not thread-safe.
 */
final class AnthropicThinking {
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder signature = new StringBuilder();
    private ArrayNode blocks = Json.array();
    private @Nullable ObjectNode open;

    /** Starts a block of any type. */
    void begin(JsonNode block) {
        end();
        switch (Node.textOrEmpty(block, "type")) {
            case "thinking" -> {
                open = Json.object().put("type", "thinking");
                text.append(Node.textOrEmpty(block, "thinking"));
                signature.append(Node.textOrEmpty(block, "signature"));
            }
            case "redacted_thinking" ->
                blocks.addObject().put("type", "redacted_thinking").put("data", Node.textOrEmpty(block, "data"));
            default -> {}
        }
    }

    /** Adds a delta to the open block. */
    void add(JsonNode delta) {
        text.append(Node.textOrEmpty(delta, "thinking"));
        signature.append(Node.textOrEmpty(delta, "signature"));
    }

    /** Ends the open block, if any. Drops it if it has no signature, because the API would reject it. */
    void end() {
        if (open != null && !signature.isEmpty()) {
            blocks.add(open.put("thinking", text.toString()).put("signature", signature.toString()));
        }
        open = null;
        text.setLength(0);
        signature.setLength(0);
    }

    /** Removes and returns the collected blocks as a JSON array; null if there are none. */
    @Nullable
    String take() {
        if (blocks.isEmpty()) {
            return null;
        }
        var taken = blocks.toString();
        blocks = Json.array();
        return taken;
    }
}

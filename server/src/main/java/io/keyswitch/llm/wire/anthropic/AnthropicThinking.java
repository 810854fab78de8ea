package io.keyswitch.llm.wire.anthropic;

import io.keyswitch.core.Json;
import io.keyswitch.llm.wire.Node;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The thinking of an answer, block by block: a model that continues after a call wants to see again, unchanged and in order,
 * what it thought before. Not thread-safe.
 */
final class AnthropicThinking {
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder signature = new StringBuilder();
    private ArrayNode blocks = Json.array();
    private @Nullable ObjectNode open;

    /** A block begins, of whatever type. */
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

    /** A piece of the open block. */
    void add(JsonNode delta) {
        text.append(Node.textOrEmpty(delta, "thinking"));
        signature.append(Node.textOrEmpty(delta, "signature"));
    }

    /** The open block, if there is one, is complete. Without a signature the provider would not accept it again. */
    void end() {
        if (open != null && !signature.isEmpty()) {
            blocks.add(open.put("thinking", text.toString()).put("signature", signature.toString()));
        }
        open = null;
        text.setLength(0);
        signature.setLength(0);
    }

    /** The blocks since the last call, as a JSON list; null if there are none. */
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

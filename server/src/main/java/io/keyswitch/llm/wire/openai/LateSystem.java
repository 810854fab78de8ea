package io.keyswitch.llm.wire.openai;

import io.keyswitch.core.Json;
import io.keyswitch.llm.wire.Node;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** System messages for models whose chat template allows one, at the beginning. */
final class LateSystem {
    private static final String SYSTEM = "system";

    private LateSystem() {}

    /** Whether there is a system message other than the first message. */
    static boolean isIn(JsonNode messages) {
        return messages.valueStream().skip(1).anyMatch(LateSystem::isSystem);
    }

    /** The same conversation with all system messages as the first message. */
    static ArrayNode first(JsonNode messages) {
        var ordered = Json.array();
        var system = messages.valueStream()
                .filter(LateSystem::isSystem)
                .map(message -> text(message.path("content")))
                .filter(text -> !text.isBlank())
                .collect(Collectors.joining("\n\n"));
        if (!system.isEmpty()) {
            ordered.addObject().put("role", SYSTEM).put("content", system);
        }
        messages.valueStream().filter(message -> !isSystem(message)).forEach(ordered::add);
        return ordered;
    }

    private static String text(JsonNode content) {
        return content instanceof ArrayNode parts ? TextOnly.text(parts) : Node.content(content);
    }

    private static boolean isSystem(JsonNode message) {
        return Node.textOrEmpty(message, "role").equals(SYSTEM);
    }
}

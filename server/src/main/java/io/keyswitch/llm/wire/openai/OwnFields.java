package io.keyswitch.llm.wire.openai;

import io.keyswitch.llm.wire.Node;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Fields that client programs keep in their messages for themselves, such as {@code metadata} or {@code createdAt}. */
final class OwnFields {
    private static final Set<String> OF_ASSISTANT = Set.of("role", "content", "name", "tool_calls", "prefix");
    private static final Set<String> OF_TOOL = Set.of("role", "content", "tool_call_id");
    private static final Set<String> OF_OTHERS = Set.of("role", "content", "name");

    private OwnFields() {}

    static boolean areIn(JsonNode messages) {
        return messages.valueStream().anyMatch(message -> !known(message).containsAll(message.propertyNames()));
    }

    /** Removes them, in place. */
    static void remove(JsonNode messages) {
        for (var message : messages) {
            if (message instanceof ObjectNode object) {
                object.retain(known(message));
            }
        }
    }

    private static Set<String> known(JsonNode message) {
        return switch (Node.textOrEmpty(message, "role")) {
            case "assistant" -> OF_ASSISTANT;
            case "tool" -> OF_TOOL;
            default -> OF_OTHERS;
        };
    }
}

package io.keyswitch.llm.wire.openai;

import io.keyswitch.core.Json;
import io.keyswitch.llm.wire.Node;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/**
 * Messages for models that must have answered the results of tools before the user says something else. The user may have
 * stopped that answer, or the client may have added a message of its own.
 */
final class AnsweredTools {
    private AnsweredTools() {}

    /** Whether {@link #apply} would change the messages. */
    static boolean applies(JsonNode messages) {
        for (int i = 1; i < messages.size(); i++) {
            if (isUnanswered(messages, i)) {
                return true;
            }
        }
        return false;
    }

    /** Puts an assistant message between a tool result and a message of the user, in place. */
    static void apply(JsonNode messages) {
        if (messages instanceof ArrayNode list) {
            for (int i = list.size() - 1; i > 0; i--) {
                if (isUnanswered(list, i)) {
                    list.insert(i, Json.object().put("role", "assistant").put("content", "…"));
                }
            }
        }
    }

    private static boolean isUnanswered(JsonNode messages, int index) {
        return isFrom("user", messages.path(index)) && isFrom("tool", messages.path(index - 1));
    }

    private static boolean isFrom(String role, JsonNode message) {
        return Node.textOrEmpty(message, "role").equals(role);
    }
}

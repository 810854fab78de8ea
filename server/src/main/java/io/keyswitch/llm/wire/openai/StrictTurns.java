package io.keyswitch.llm.wire.openai;

import io.keyswitch.core.Json;
import io.keyswitch.llm.wire.Node;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Messages for providers where, after one system message, user and assistant take turns, and that know no tools. Messages of
 * one side are joined; calls of tools and their results become text of the assistant and the user. Not thread-safe.
 */
final class StrictTurns {
    private static final String ROLE = "role";
    private static final String CONTENT = "content";
    private static final String TEXT = "text";
    private static final String SYSTEM = "system";

    private final ArrayNode turns = Json.array();
    private final Map<String, String> called = new HashMap<>();

    private StrictTurns() {}

    /** Whether {@link #of} would change the messages. */
    static boolean applies(JsonNode messages) {
        return !of(messages).equals(messages);
    }

    /** The same conversation in turns, its system messages first. */
    static ArrayNode of(JsonNode messages) {
        var strict = new StrictTurns();
        messages.valueStream().filter(StrictTurns::isSystem).forEach(strict::add);
        messages.valueStream().filter(message -> !isSystem(message)).forEach(strict::add);
        strict.turns.forEach(StrictTurns::simplify);
        return strict.turns;
    }

    private void add(JsonNode message) {
        var content = message.path(CONTENT);
        switch (role(message)) {
            case "tool" -> {
                var tool = called.getOrDefault(Node.textOrEmpty(message, "tool_call_id"), "tool");
                say("user", "[%s: %s]".formatted(tool, text(content)));
            }
            case "assistant" -> {
                join("assistant", content);
                message.path("tool_calls").forEach(this::addCall);
            }
            default -> join(role(message), content);
        }
    }

    private void addCall(JsonNode call) {
        var name = Node.textOrEmpty(call.path("function"), "name");
        called.put(Node.textOrEmpty(call, "id"), name);
        say("assistant", "[%s(%s)]".formatted(name, Node.textOrEmpty(call.path("function"), "arguments")));
    }

    private void join(String role, JsonNode content) {
        if (content instanceof ArrayNode parts) {
            turn(role).addAll(parts);
        } else if (!Node.content(content).isEmpty()) {
            say(role, Node.content(content));
        }
    }

    private void say(String role, String text) {
        turn(role).addObject().put("type", TEXT).put(TEXT, text);
    }

    /** The parts of the last turn if it is of that side, else of a new one. */
    private ArrayNode turn(String role) {
        if (turns.isEmpty() || !role(turns.get(turns.size() - 1)).equals(role)) {
            turns.addObject().put(ROLE, role).putArray(CONTENT);
        }
        return turns.get(turns.size() - 1).withArray(CONTENT);
    }

    /** Not every model takes a list of parts. */
    private static void simplify(JsonNode turn) {
        var parts = turn.path(CONTENT);
        if (turn instanceof ObjectNode object && parts.valueStream().allMatch(StrictTurns::isText)) {
            object.put(CONTENT, text(parts));
        }
    }

    private static String text(JsonNode content) {
        return content.isArray()
                ? content.valueStream()
                        .map(part -> Node.textOrEmpty(part, TEXT))
                        .filter(text -> !text.isEmpty())
                        .collect(Collectors.joining("\n\n"))
                : Node.content(content);
    }

    private static boolean isText(JsonNode part) {
        return Node.textOrEmpty(part, "type").equals(TEXT);
    }

    private static boolean isSystem(JsonNode message) {
        return role(message).equals(SYSTEM);
    }

    private static String role(JsonNode message) {
        return Node.textOrEmpty(message, ROLE);
    }
}

package io.keyswitch.llm.wire.openai;

import io.keyswitch.llm.wire.Node;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Fields of client programs that are not OpenAI's: what they keep in their messages for themselves, such as {@code metadata} or
 * {@code createdAt}, and what is for other vendors, such as {@code cache_control} in a part of a message or in a tool.
 */
final class OwnFields {
    private static final Set<String> OF_ASSISTANT = Set.of("role", "content", "name", "tool_calls", "prefix");
    private static final Set<String> OF_TOOL = Set.of("role", "content", "tool_call_id");
    private static final Set<String> OF_OTHERS = Set.of("role", "content", "name");

    /** What may stand in a header. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][\\w-]{0,63}");

    private OwnFields() {}

    static boolean areIn(ObjectNode request) {
        return objects(request)
                .anyMatch(one -> !one.known().containsAll(one.json().propertyNames()));
    }

    /** Their names, as {@code messages.createdAt}. */
    static Set<String> in(ObjectNode request) {
        return objects(request)
                .flatMap(one -> one.json().propertyNames().stream()
                        .filter(name -> !one.known().contains(name))
                        .filter(name -> NAME.matcher(name).matches())
                        .map(name -> one.place() + "." + name))
                .collect(Collectors.toSet());
    }

    /** Removes them, in place. */
    static void remove(ObjectNode request) {
        objects(request).forEach(one -> one.json().retain(one.known()));
    }

    private record Known(String place, ObjectNode json, Set<String> known) {}

    /** The messages, their parts and the tools, with the fields of each that are OpenAI's. */
    private static Stream<Known> objects(ObjectNode request) {
        var messages = request.path("messages");
        var parts = messages.valueStream()
                .map(message -> message.path("content"))
                .filter(JsonNode::isArray)
                .flatMap(JsonNode::valueStream);
        return Stream.of(
                        messages.valueStream().map(message -> known("messages", message, OwnFields::ofMessage)),
                        parts.map(part -> known("messages.content", part, OwnFields::named)),
                        request.path("tools").valueStream().map(tool -> known("tools", tool, OwnFields::named)))
                .flatMap(all -> all)
                .flatMap(Optional::stream);
    }

    private static Optional<Known> known(String place, JsonNode json, Function<JsonNode, Set<String>> fields) {
        return json instanceof ObjectNode object
                ? Optional.of(new Known(place, object, fields.apply(object)))
                : Optional.empty();
    }

    /** A part and a tool have their content in a field that is named as their type, and some parts in {@code text}. */
    private static Set<String> named(JsonNode json) {
        return Set.copyOf(List.of("type", "text", Node.textOrEmpty(json, "type")));
    }

    private static Set<String> ofMessage(JsonNode message) {
        return switch (Node.textOrEmpty(message, "role")) {
            case "assistant" -> OF_ASSISTANT;
            case "tool" -> OF_TOOL;
            default -> OF_OTHERS;
        };
    }
}

package io.keyswitch.simulator;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Validates requests like Gemini. Field names may be in camel or snake case, as in protobuf JSON. */
final class GeminiRules {
    private static final Pattern SNAKE = Pattern.compile("_([a-z])");
    private static final Set<String> ROLES = Set.of("", "user", "model", "function");

    private GeminiRules() {}

    /** Finds a field by its camel case or snake case name. */
    static JsonNode field(JsonNode object, String camel) {
        for (var entry : object.properties()) {
            if (camelCase(entry.getKey()).equals(camel)) {
                return entry.getValue();
            }
        }
        return object.path(camel);
    }

    /** The error of the first violation; null if there is none. */
    static @Nullable ObjectNode fault(ObjectNode body) {
        var fault = unknownField(body, RequestFields.GEMINI, "");
        if (fault == null) {
            fault = unknownField(
                    field(body, "generationConfig"), RequestFields.GEMINI_GENERATION_CONFIG, "generation_config");
        }
        return fault == null ? contents(body.path("contents")) : fault;
    }

    private static @Nullable ObjectNode unknownField(JsonNode object, Set<String> known, String place) {
        return object.propertyNames().stream()
                .filter(name -> !known.contains(camelCase(name)))
                .findFirst()
                .map(name -> GeminiErrors.unknownField(name, place))
                .orElse(null);
    }

    private static @Nullable ObjectNode contents(JsonNode contents) {
        if (!contents.isArray() || contents.isEmpty()) {
            return GeminiErrors.invalid("* GenerateContentRequest.contents: contents is not specified\n");
        }
        var index = 0;
        for (var content : contents) {
            if (!ROLES.contains(Json.text(content, "role"))) {
                return GeminiErrors.invalid("Please use a valid role: user, model.");
            }
            if (content.path("parts").isEmpty()) {
                return GeminiErrors.invalid(
                        "* GenerateContentRequest.contents[" + index + "].parts: contents.parts must not be empty.\n");
            }
            index++;
        }
        return null;
    }

    private static String camelCase(String name) {
        return SNAKE.matcher(name).replaceAll(match -> match.group(1).toUpperCase(Locale.ROOT));
    }
}

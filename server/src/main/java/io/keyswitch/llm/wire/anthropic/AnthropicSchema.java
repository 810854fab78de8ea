package io.keyswitch.llm.wire.anthropic;

import io.keyswitch.core.Json;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON schemas as the API takes them. For structured outputs and strict tools it takes a part of JSON Schema (Anthropic's
 * documentation of structured outputs): closed objects, and no bounds of numbers, strings and arrays. Such constraints are
 * moved to the description, where the model still reads them.
 */
final class AnthropicSchema {
    private static final Set<String> KEPT = Set.of(
            "$defs",
            "$ref",
            "allOf",
            "anyOf",
            "const",
            "default",
            "definitions",
            "description",
            "enum",
            "items",
            "properties",
            "required",
            "title",
            "type");

    /** They constrain nothing. */
    private static final Set<String> ANNOTATIONS = Set.of(
            "$comment", "$id", "$schema", "deprecated", "example", "examples", "nullable", "readOnly", "writeOnly");

    private static final Set<String> FORMATS =
            Set.of("date", "date-time", "duration", "email", "hostname", "ipv4", "ipv6", "time", "uri", "uuid");

    private static final List<String> COMBINATIONS = List.of("allOf", "anyOf", "oneOf");
    private static final String ADDITIONAL = "additionalProperties";
    private static final String PROPERTIES = "properties";

    private final Set<String> lost = new TreeSet<>();

    /** The keywords that are no longer enforced, in alphabetical order. */
    Set<String> lost() {
        return lost;
    }

    /** A copy of a schema that is enforced. */
    JsonNode strict(JsonNode schema) {
        if (!(schema instanceof ObjectNode object)) {
            return schema;
        }
        var strict = Json.object();
        var moved = Json.object();
        for (var keyword : object.properties()) {
            var name = keyword.getKey();
            var value = keyword.getValue();
            switch (name) {
                case PROPERTIES, "$defs", "definitions" -> strict.set(name, strictEach(value));
                case "items" -> strict.set(name, strict(value));
                case "anyOf", "allOf" -> strict.set(name, strictList(value));
                case "oneOf" -> strict.set("anyOf", strictList(value));
                case ADDITIONAL -> {
                    if (!value.isBoolean() || value.booleanValue()) {
                        lost.add(name);
                    }
                }
                default -> {
                    if (KEPT.contains(name) || isTaken(name, value)) {
                        strict.set(name, value);
                    } else if (!ANNOTATIONS.contains(name)) {
                        lost.add(name);
                        moved.set(name, value);
                    }
                }
            }
        }
        if (isObject(strict)) {
            strict.put(ADDITIONAL, false);
        }
        describe(strict, moved);
        return strict;
    }

    private static boolean isTaken(String keyword, JsonNode value) {
        return switch (keyword) {
            case "format" -> FORMATS.contains(value.asString(""));
            case "minItems" -> value.asInt(2) <= 1;
            default -> false;
        };
    }

    private static boolean isObject(ObjectNode schema) {
        var type = schema.path("type");
        return schema.has(PROPERTIES)
                || type.asString("").equals("object")
                || type.valueStream().anyMatch(one -> one.asString("").equals("object"));
    }

    private JsonNode strictEach(JsonNode schemas) {
        var strict = Json.object();
        schemas.properties().forEach(schema -> strict.set(schema.getKey(), strict(schema.getValue())));
        return strict;
    }

    private ArrayNode strictList(JsonNode schemas) {
        var strict = Json.array();
        schemas.forEach(schema -> strict.add(strict(schema)));
        return strict;
    }

    private static void describe(ObjectNode schema, ObjectNode moved) {
        if (!moved.isEmpty()) {
            var constraints = moved.properties().stream()
                    .map(keyword -> keyword.getKey() + ": " + Json.text(keyword.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
            var described = schema.path("description").asString("");
            schema.put("description", described.isEmpty() ? constraints : described + " " + constraints);
        }
    }

    /**
     * A copy of a function's parameters: an object without alternatives at its top.
     *
     * @param parameters null for none
     */
    ObjectNode input(@Nullable JsonNode parameters) {
        var input = parameters instanceof ObjectNode object ? object.deepCopy() : Json.object();
        for (var combination : COMBINATIONS) {
            if (input.has(combination)) {
                input.remove(combination);
                lost.add(combination);
            }
        }
        if (!input.path("type").asString("").equals("object")) {
            input.put("type", "object");
        }
        // PHP prints an empty map as an empty list.
        if (!input.path(PROPERTIES).isObject()) {
            input.putObject(PROPERTIES);
        }
        return input;
    }
}

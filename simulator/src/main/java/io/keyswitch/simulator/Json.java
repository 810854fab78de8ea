package io.keyswitch.simulator;

import java.util.Collection;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads and builds JSON. Thread-safe. */
final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Json() {}

    /** A new, empty object. */
    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** An array of the given values. */
    static ArrayNode array(JsonNode... values) {
        var array = MAPPER.createArrayNode();
        for (var value : values) {
            array.add(value);
        }
        return array;
    }

    /** An array of the given values. */
    static ArrayNode array(Collection<? extends JsonNode> values) {
        return MAPPER.createArrayNode().addAll(values);
    }

    /** Parses a JSON object; null if the bytes are not one. */
    static @Nullable ObjectNode read(byte[] bytes) {
        try {
            return MAPPER.readTree(bytes) instanceof ObjectNode object ? object : null;
        } catch (JacksonException _) {
            return null;
        }
    }

    /** The value of a string field; empty if missing or not a string. */
    static String text(JsonNode object, String field) {
        var value = object.path(field);
        return value.isString() ? value.stringValue() : "";
    }

    /** Whether a field is present and not null. */
    static boolean has(JsonNode object, String field) {
        return object.hasNonNull(field);
    }

    /** Whether a field is {@code true}. */
    static boolean flag(JsonNode object, String field) {
        return object.path(field).asBoolean(false);
    }

    /** A number field as a non-negative int, clamped. */
    static int number(JsonNode object, String field, int absent) {
        var value = object.path(field);
        return value.isNumber() ? (int) Math.clamp(value.doubleValue(), 0, Integer.MAX_VALUE) : absent;
    }
}

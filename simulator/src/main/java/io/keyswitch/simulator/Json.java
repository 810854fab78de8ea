package io.keyswitch.simulator;

import java.util.Collection;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The simulator's own JSON. Thread-safe. */
final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Json() {}

    /** An empty object to fill. */
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

    /** The object in the given bytes; null if they hold anything else. */
    static @Nullable ObjectNode read(byte[] bytes) {
        try {
            return MAPPER.readTree(bytes) instanceof ObjectNode object ? object : null;
        } catch (JacksonException _) {
            return null;
        }
    }

    /** The text of a string field; empty if there is none. */
    static String text(JsonNode object, String field) {
        var value = object.path(field);
        return value.isString() ? value.stringValue() : "";
    }

    /** Whether a field is there and not null. */
    static boolean has(JsonNode object, String field) {
        return object.hasNonNull(field);
    }

    /** Whether a field is {@code true}. */
    static boolean flag(JsonNode object, String field) {
        return object.path(field).asBoolean(false);
    }

    /** The whole number of a field, as far as an int goes. */
    static int number(JsonNode object, String field, int absent) {
        var value = object.path(field);
        return value.isNumber() ? (int) Math.clamp(value.doubleValue(), 0, Integer.MAX_VALUE) : absent;
    }
}

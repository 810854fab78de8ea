package io.keyswitch.llm.wire;

import io.keyswitch.core.Json;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Lenient access to a provider's JSON: numbers and booleans count as text, other values of an unexpected type as absent. */
public final class Node {
    private static final BigDecimal LARGEST = BigDecimal.valueOf(Long.MAX_VALUE);

    private Node() {}

    /** The text of a field; null if absent. */
    public static @Nullable String text(JsonNode object, String field) {
        var value = object.path(field);
        return value.isValueNode() && !value.isNull() ? value.asString("") : null;
    }

    /** What a model said, whatever its type: a provider may send digits as numbers, and JSON as it is. Empty if absent. */
    public static String content(JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return "";
        }
        return value.isValueNode() ? value.asString("") : Json.text(value);
    }

    /** The text of a field; empty if absent. */
    public static String textOrEmpty(JsonNode object, String field) {
        var text = text(object, field);
        return text == null ? "" : text;
    }

    /** The integer value of a field; 0 if absent or negative, and capped at {@link Long#MAX_VALUE}. */
    public static long count(JsonNode object, String field) {
        var value = object.path(field);
        if (!value.isNumber()) {
            return 0;
        }
        var number = value.decimalValue();
        if (number.signum() <= 0) {
            return 0;
        }
        // Compared first: expanding 1e99999999 to its digits would take minutes.
        return number.compareTo(LARGEST) >= 0 ? Long.MAX_VALUE : number.longValue();
    }
}

package io.keyswitch.llm.wire;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Lenient access to a provider's JSON: a field of an unexpected type counts as absent. */
public final class Node {
    private static final BigDecimal LARGEST = BigDecimal.valueOf(Long.MAX_VALUE);

    private Node() {}

    /** The string value of a field; null if absent. */
    public static @Nullable String text(JsonNode object, String field) {
        var value = object.path(field);
        return value.isString() ? value.stringValue() : null;
    }

    /** The string value of a field; empty if absent. */
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

package io.keyswitch.http.openai;

import io.keyswitch.llm.LlmException;
import io.keyswitch.llm.LlmFailure;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The fields of a request. Fields that were never taken cannot be expressed in the provider's format and are rejected
 * by name. Not thread-safe.
 */
final class Fields {
    private final ObjectNode request;
    private final Set<String> dropped;
    private final Set<String> taken = new HashSet<>();

    /**
     * Reads the fields of a request.
     *
     * @param dropped the fields to treat as absent
     */
    Fields(ObjectNode request, Set<String> dropped) {
        this.request = request;
        this.dropped = dropped;
    }

    /** A field's value; missing if it is absent, null or dropped. */
    JsonNode take(String name) {
        taken.add(name);
        var value = request.path(name);
        return value.isNull() || dropped.contains(name) ? MissingNode.getInstance() : value;
    }

    @Nullable
    String text(String name) {
        var value = take(name);
        if (value.isMissingNode()) {
            return null;
        }
        if (!value.isString()) {
            throw new InvalidRequestException(name, name + " must be a string.");
        }
        return value.stringValue();
    }

    @Nullable
    BigDecimal number(String name) {
        var value = take(name);
        if (value.isMissingNode()) {
            return null;
        }
        if (!value.isNumber()) {
            throw new InvalidRequestException(name, name + " must be a number.");
        }
        return value.decimalValue();
    }

    @Nullable
    Long integer(String name) {
        var value = take(name);
        if (value.isMissingNode()) {
            return null;
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw new InvalidRequestException(name, name + " must be an integer.");
        }
        return value.longValue();
    }

    @Nullable
    Boolean flag(String name) {
        var value = take(name);
        if (value.isMissingNode()) {
            return null;
        }
        if (!value.isBoolean()) {
            throw new InvalidRequestException(name, name + " must be true or false.");
        }
        return value.booleanValue();
    }

    /**
     * Rejects fields that were not taken, unless their value is neutral: null, false, 0, empty, "auto" or "default".
     */
    void refuseRest() {
        for (var name : request.propertyNames()) {
            if (!taken.contains(name) && !dropped.contains(name) && !isNeutral(request.path(name))) {
                throw new LlmException(LlmFailure.unsupported(name));
            }
        }
    }

    private static boolean isNeutral(JsonNode value) {
        return value.isNull()
                || (value.isBoolean() && !value.booleanValue())
                || (value.isNumber() && value.decimalValue().signum() == 0)
                || (value.isContainer() && value.isEmpty())
                || (value.isString()
                        && (value.stringValue().equals("auto")
                                || value.stringValue().equals("default")));
    }
}

package io.keyswitch.http.callable;

import io.keyswitch.core.Json;
import java.math.BigInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BigIntegerNode;
import tools.jackson.databind.node.ObjectNode;

/** Parses the body of a call, {@code {"data": …}} and nothing else, and decodes its 64-bit integers. */
final class CallableData {
    private static final String INT64 = "type.googleapis.com/google.protobuf.Int64Value";
    private static final String UINT64 = "type.googleapis.com/google.protobuf.UInt64Value";
    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,20}");

    /** The body is not a call in the format of the protocol. */
    static final class BadRequestException extends RuntimeException {
        BadRequestException() {
            super("Bad Request", null, false, false);
        }
    }

    /** The body has an unknown {@code @type}; an internal error, as in firebase-functions. */
    static final class UnknownTypeException extends RuntimeException {
        UnknownTypeException() {
            super("unknown @type", null, false, false);
        }
    }

    private CallableData() {}

    /**
     * The data of a call, not decoded yet.
     *
     * @throws BadRequestException if the body is not a call
     */
    static JsonNode of(byte @Nullable [] body) {
        var root = body == null ? null : Json.readFromClient(body);
        if (root == null || !root.isObject() || root.size() != 1 || !root.has("data")) {
            throw new BadRequestException();
        }
        return root.path("data");
    }

    /**
     * Replaces the wrapped 64-bit integers of mobile clients with numbers.
     *
     * @throws UnknownTypeException if another type is wrapped
     */
    static JsonNode decode(JsonNode value) {
        return switch (value) {
            case ObjectNode object when isWrapped(object) -> unwrap(object);
            case ObjectNode object -> {
                object.properties().forEach(entry -> entry.setValue(decode(entry.getValue())));
                yield object;
            }
            case ArrayNode array -> {
                for (int i = 0; i < array.size(); i++) {
                    array.set(i, decode(array.path(i)));
                }
                yield array;
            }
            default -> value;
        };
    }

    private static boolean isWrapped(ObjectNode object) {
        var type = object.path("@type");
        boolean falsy = type.isMissingNode()
                || type.isNull()
                || (type.isString() && type.stringValue().isEmpty())
                || (type.isBoolean() && !type.booleanValue())
                || (type.isNumber() && type.decimalValue().signum() == 0);
        return !falsy;
    }

    private static JsonNode unwrap(ObjectNode object) {
        var type = object.path("@type").asString("");
        var digits = object.path("value").asString("");
        if ((!type.equals(INT64) && !type.equals(UINT64))
                || !DECIMAL.matcher(digits).matches()) {
            throw new UnknownTypeException();
        }
        return BigIntegerNode.valueOf(new BigInteger(digits));
    }
}

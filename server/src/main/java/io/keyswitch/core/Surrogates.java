package io.keyswitch.core;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Replaces halves of surrogate pairs, which JSON can hold as escapes and UTF-8 cannot. */
final class Surrogates {
    private Surrogates() {}

    /** Whether JSON in UTF-8 may have such escapes; most has none, and need not be searched as a tree. */
    static boolean areEscapedIn(byte[] json) {
        for (int i = 0; i + 2 < json.length; i++) {
            if (json[i] == '\\' && json[i + 1] == 'u' && (json[i + 2] | 0x20) == 'd') {
                return true;
            }
        }
        return false;
    }

    /** The value with its strings mended, in place where possible. */
    static JsonNode paired(JsonNode node) {
        return switch (node) {
            case ArrayNode array -> {
                for (int i = 0; i < array.size(); i++) {
                    array.set(i, paired(array.get(i)));
                }
                yield array;
            }
            case ObjectNode object -> {
                // The parser rejects them in names.
                object.properties().forEach(field -> object.set(field.getKey(), paired(field.getValue())));
                yield object;
            }
            default -> node.isString() ? Json.object().stringNode(paired(node.stringValue())) : node;
        };
    }

    /** The text with U+FFFD in place of each half. */
    private static String paired(String text) {
        return text.codePoints()
                .map(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE ? 0xFFFD : point)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}

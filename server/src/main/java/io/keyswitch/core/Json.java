package io.keyswitch.core;

import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads and writes JSON. Thread-safe. */
public final class Json {
    private static final int MAX_DEPTH = 64;
    /** A tree takes some 80 bytes for each, whatever the text behind it. */
    private static final long MAX_TOKENS = 200_000;

    private static final int MAX_CLIENT_STRING = 1 << 20;
    private static final int MAX_PROVIDER_STRING = 8 << 20;

    private static final JsonMapper CLIENT = mapper(MAX_CLIENT_STRING, true);
    private static final JsonMapper PROVIDER = mapper(MAX_PROVIDER_STRING, false);

    private Json() {}

    private static JsonMapper mapper(int maxStringLength, boolean strict) {
        var constraints = StreamReadConstraints.builder()
                .maxNestingDepth(MAX_DEPTH)
                .maxStringLength(maxStringLength)
                .maxNumberLength(1000)
                .maxTokenCount(MAX_TOKENS)
                .build();
        var factory = JsonFactory.builder()
                .streamReadConstraints(constraints)
                .configure(StreamReadFeature.STRICT_DUPLICATE_DETECTION, strict)
                .configure(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION, false)
                .build();
        return JsonMapper.builder(factory)
                .configure(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, strict)
                .configure(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, true)
                .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(Include.NON_NULL))
                .build();
    }

    /**
     * Reads what a client sent: no duplicate keys, nothing after the value, bounded depth and strings.
     *
     * @return null when the bytes are no such JSON value; the reason is left out, for it may quote the input
     */
    public static @Nullable JsonNode readFromClient(byte[] bytes) {
        return read(CLIENT, bytes);
    }

    /**
     * Reads what a provider sent, leniently.
     *
     * @return null when the text is not JSON
     */
    public static @Nullable JsonNode readFromProvider(String text) {
        try {
            var node = PROVIDER.readTree(text);
            return node.isMissingNode() ? null : node;
        } catch (JacksonException | ArithmeticException | NumberFormatException _) {
            // The latter two for numbers such as 1e99999999999.
            return null;
        }
    }

    private static @Nullable JsonNode read(JsonMapper mapper, byte[] bytes) {
        try {
            var node = mapper.readTree(bytes);
            return node.isMissingNode() ? null : node;
        } catch (JacksonException | ArithmeticException | NumberFormatException _) {
            // The latter two for numbers such as 1e99999999999.
            return null;
        }
    }

    /** An empty object to fill. */
    public static ObjectNode object() {
        return PROVIDER.createObjectNode();
    }

    /** An empty list to fill. */
    public static ArrayNode array() {
        return PROVIDER.createArrayNode();
    }

    /** A tree of the given records, maps, lists and scalars; null components are left out. */
    public static JsonNode tree(Map<String, ?> values) {
        return PROVIDER.valueToTree(values);
    }

    /** The bytes of any value JSON can express; null components of records are left out. */
    public static byte[] bytes(Object value) {
        return PROVIDER.writeValueAsBytes(value);
    }

    /** The text of any value JSON can express; null components of records are left out. */
    public static String text(Object value) {
        return PROVIDER.writeValueAsString(value);
    }
}

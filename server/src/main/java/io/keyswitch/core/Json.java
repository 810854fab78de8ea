package io.keyswitch.core;

import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Parses and serializes JSON. Thread-safe. */
public final class Json {
    private static final int MAX_DEPTH = 64;
    /** Bounds the memory of a tree: each token takes about 80 bytes, however short its text. */
    private static final long MAX_TOKENS = 200_000;

    /** The size of a body is limited before it is parsed; one string, such as an image, may take all of it. */
    private static final int MAX_CLIENT_STRING = Integer.MAX_VALUE;

    private static final int MAX_PROVIDER_STRING = 8 << 20;

    private static final JsonMapper CLIENT = mapper(MAX_CLIENT_STRING, MAX_TOKENS, true);
    private static final JsonMapper PROVIDER = mapper(MAX_PROVIDER_STRING, MAX_TOKENS, false);
    /** A file is read value by value. */
    private static final JsonMapper FILE = mapper(MAX_PROVIDER_STRING, Long.MAX_VALUE, false);

    private static final Pattern LINE_ENDS = Pattern.compile("[\\u0085\\u2028\\u2029]");

    private Json() {}

    private static JsonMapper mapper(int maxStringLength, long maxTokens, boolean strict) {
        var constraints = StreamReadConstraints.builder()
                .maxNestingDepth(MAX_DEPTH)
                .maxStringLength(maxStringLength)
                .maxNumberLength(1000)
                .maxTokenCount(maxTokens)
                .build();
        var factory = JsonFactory.builder()
                .streamReadConstraints(constraints)
                // Event loops parse without competing for buffers with each other.
                .recyclerPool(JsonRecyclerPools.threadLocalPool())
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
     * Parses JSON from a client strictly: no duplicate keys, no trailing content, bounded depth and strings. Halves of
     * surrogate pairs, as left by cutting a string inside an emoji, become U+FFFD: others cannot read them.
     *
     * @return null if the bytes are not such a value; no reason is given, because it could quote the input
     */
    public static @Nullable JsonNode readFromClient(byte[] bytes) {
        var node = read(CLIENT, bytes);
        return node != null && Surrogates.areEscapedIn(bytes) ? Surrogates.paired(node) : node;
    }

    /** Creates a streaming parser with the limits of {@link #readFromClient}. */
    public static JsonParser parserOfClient(byte[] bytes) {
        return CLIENT.createParser(bytes);
    }

    /** Creates a streaming parser for a file of any length, which closes its reader. */
    public static JsonParser parserOfFile(Reader file) {
        return FILE.createParser(file);
    }

    /**
     * Parses JSON from a provider leniently.
     *
     * @return null if the text is not JSON
     */
    public static @Nullable JsonNode readFromProvider(String text) {
        try {
            var node = PROVIDER.readTree(text);
            return node.isMissingNode() ? null : node;
        } catch (JacksonException | ArithmeticException | NumberFormatException _) {
            // The latter two are thrown for numbers such as 1e99999999999.
            return null;
        }
    }

    /**
     * Parses JSON from a provider leniently, also if some of its bytes are not UTF-8.
     *
     * @return null if the bytes are not JSON
     */
    public static @Nullable JsonNode readFromProvider(byte[] bytes) {
        // Jackson would also read UTF-16 and UTF-32, in which nobody looks for keys.
        boolean oneByteEach = bytes.length > 1 && bytes[0] > 0 && bytes[1] > 0;
        var node = oneByteEach ? read(PROVIDER, bytes) : null;
        return node == null ? readFromProvider(new String(bytes, StandardCharsets.UTF_8)) : node;
    }

    private static @Nullable JsonNode read(JsonMapper mapper, byte[] bytes) {
        try {
            var node = mapper.readTree(bytes);
            return node.isMissingNode() ? null : node;
        } catch (JacksonException | ArithmeticException | NumberFormatException _) {
            // The latter two are thrown for numbers such as 1e99999999999.
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

    /** Converts records, maps, lists and scalars to a tree; null components of records are omitted. */
    public static JsonNode tree(Map<String, ?> values) {
        return PROVIDER.valueToTree(values);
    }

    /** Serializes a value to UTF-8; null components of records are omitted. */
    public static byte[] bytes(Object value) {
        return PROVIDER.writeValueAsBytes(value);
    }

    /** Serializes a value to a string; null components of records are omitted. */
    public static String text(Object value) {
        return PROVIDER.writeValueAsString(value);
    }

    /**
     * Serializes a value to UTF-8 on one line, also for readers that end lines at U+0085, U+2028 and U+2029, such as Swift's
     * and Python's: these characters are escaped.
     */
    public static byte[] line(Object value) {
        var text = text(value);
        return LINE_ENDS
                .matcher(text)
                .replaceAll(end -> "\\\\u%04x".formatted((int) end.group().charAt(0)))
                .getBytes(StandardCharsets.UTF_8);
    }
}

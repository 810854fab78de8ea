package io.keyswitch.llm.wire.openai;

import io.keyswitch.core.Json;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.POJONode;

/**
 * The messages of a request as the client wrote them. If every message has only a role and a string, the bytes are validated and
 * forwarded without building a tree, which is most of what a long request costs.
 */
public final class PlainMessages {
    private static final String MESSAGES = "messages";
    /** So many bytes beside the messages have fewer tokens than the tree parser accepts besides theirs. */
    private static final int MAX_OTHER = 100_000;

    private static final byte[] FIELD = ascii("\"messages\":");
    private static final byte[] FURTHER_FIELD = ascii(",\"messages\":");
    private static final byte[] COMMA = ascii(",");
    private static final byte[] NOTHING = {};
    private static final byte[] NULL = ascii("null");

    private final byte[] json;

    private PlainMessages(byte[] json) {
        this.json = json;
    }

    /**
     * Parses a client's request as strictly as {@link Json#readFromClient}.
     *
     * @return a tree with unparsed messages until {@link #expand}; null if the body is not valid
     */
    public static @Nullable JsonNode read(byte[] body) {
        var place = Place.in(body);
        if (place == null) {
            return Json.readFromClient(body);
        }
        var rest = concat(Arrays.copyOf(body, place.from()), NULL, Arrays.copyOfRange(body, place.to(), body.length));
        if (!(Json.readFromClient(rest) instanceof ObjectNode request)) {
            return null;
        }
        request.set(MESSAGES, new POJONode(new PlainMessages(Arrays.copyOfRange(body, place.from(), place.to()))));
        return request;
    }

    /** Replaces unparsed messages with their tree; required before they are read or changed. */
    public static void expand(ObjectNode request) {
        var plain = in(request);
        if (plain != null) {
            request.set(MESSAGES, Objects.requireNonNull(Json.readFromClient(plain.json)));
        }
    }

    /** Writes a request, its fields in their order. */
    public static byte[] write(JsonNode body) {
        var plain = body instanceof ObjectNode request ? in(request) : null;
        if (plain == null) {
            return Json.bytes(body);
        }
        var before = Json.object();
        var after = Json.object();
        var side = before;
        for (var field : body.properties()) {
            if (field.getKey().equals(MESSAGES)) {
                side = after;
            } else {
                side.set(field.getKey(), field.getValue());
            }
        }
        var first = Json.bytes(before);
        var last = Json.bytes(after);
        return concat(
                Arrays.copyOf(first, first.length - 1),
                before.isEmpty() ? FIELD : FURTHER_FIELD,
                plain.json,
                after.isEmpty() ? NOTHING : COMMA,
                Arrays.copyOfRange(last, 1, last.length));
    }

    private static @Nullable PlainMessages in(ObjectNode request) {
        return request.get(MESSAGES) instanceof POJONode node && node.getPojo() instanceof PlainMessages plain
                ? plain
                : null;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] concat(byte[]... parts) {
        var all = new byte[Arrays.stream(parts).mapToInt(part -> part.length).sum()];
        int at = 0;
        for (var part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    /** Where the messages stand in a body: from the bracket that opens them to behind the one that closes them. */
    private record Place(int from, int to) {
        /** Null if the messages are not plain or the body is not valid; the caller then uses the tree parser. */
        static @Nullable Place in(byte[] body) {
            // Other encodings, and a byte order mark, would shift the places.
            if (body.length < 2 || body[0] != '{' || body[1] == 0) {
                return null;
            }
            int from = begin(body);
            int to = from < 0 ? MessageScanner.OTHER : MessageScanner.end(body, from);
            boolean many = body.length - (to - from) > MAX_OTHER;
            return to == MessageScanner.OTHER || many ? null : new Place(from, to);
        }

        /** The place of the value; negative if there is none. */
        private static int begin(byte[] body) {
            try (var parser = Json.parserOfClient(body)) {
                parser.nextToken();
                while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                    boolean isMessages = parser.currentName().equals(MESSAGES);
                    parser.nextToken();
                    if (isMessages) {
                        return (int) parser.currentTokenLocation().getByteOffset();
                    }
                    parser.skipChildren();
                }
            } catch (JacksonException _) {
                // The tree parser rejects the body, too.
            }
            return -1;
        }
    }
}

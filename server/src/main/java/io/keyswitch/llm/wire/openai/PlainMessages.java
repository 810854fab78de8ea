package io.keyswitch.llm.wire.openai;

import io.keyswitch.core.Json;
import java.nio.ByteBuffer;
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
    private static final byte[] NULL = ascii("null");

    private final byte[] body;
    private final Place place;

    private PlainMessages(byte[] body, Place place) {
        this.body = body;
        this.place = place;
    }

    /**
     * Parses a client's request as strictly as {@link Json#readFromClient}.
     *
     * @param body not to be changed afterwards: the tree refers to it
     * @return a tree with unparsed messages until {@link #expand}; null if the body is not valid
     */
    public static @Nullable JsonNode read(byte[] body) {
        var place = Place.in(body);
        if (place == null) {
            return Json.readFromClient(body);
        }
        var rest = ByteBuffer.allocate(body.length - place.length() + NULL.length)
                .put(body, 0, place.from())
                .put(NULL)
                .put(body, place.to(), body.length - place.to());
        if (!(Json.readFromClient(rest.array()) instanceof ObjectNode request)) {
            return null;
        }
        request.set(MESSAGES, new POJONode(new PlainMessages(body, place)));
        return request;
    }

    /** Replaces unparsed messages with their tree; required before they are read or changed. */
    public static void expand(ObjectNode request) {
        var plain = in(request);
        if (plain != null) {
            var json = Arrays.copyOfRange(plain.body, plain.place.from(), plain.place.to());
            request.set(MESSAGES, Objects.requireNonNull(Json.readFromClient(json)));
        }
    }

    /** Writes a request, its fields in their order. @return its pieces, one after the other */
    public static ByteBuffer[] write(JsonNode body) {
        var plain = body instanceof ObjectNode request ? in(request) : null;
        if (plain == null) {
            return new ByteBuffer[] {ByteBuffer.wrap(Json.bytes(body))};
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
        var name = before.isEmpty() ? FIELD : FURTHER_FIELD;
        var head = ByteBuffer.allocate(first.length - 1 + name.length)
                .put(first, 0, first.length - 1)
                .put(name)
                .flip();
        if (!after.isEmpty()) {
            last[0] = ',';
        }
        var tail = after.isEmpty() ? ByteBuffer.wrap(last, 1, last.length - 1) : ByteBuffer.wrap(last);
        return new ByteBuffer[] {head, ByteBuffer.wrap(plain.body, plain.place.from(), plain.place.length()), tail};
    }

    private static @Nullable PlainMessages in(ObjectNode request) {
        return request.get(MESSAGES) instanceof POJONode node && node.getPojo() instanceof PlainMessages plain
                ? plain
                : null;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Where the messages stand in a body: from the bracket that opens them to behind the one that closes them. */
    private record Place(int from, int to) {
        int length() {
            return to - from;
        }

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

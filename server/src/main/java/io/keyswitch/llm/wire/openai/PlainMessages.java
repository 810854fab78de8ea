package io.keyswitch.llm.wire.openai;

import io.keyswitch.core.Json;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
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
    private static final Set<String> ROLES = Set.of("system", "user", "assistant");
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
            if (body.length < 2 || body[0] != '{' || body[1] == 0 || Json.mayHaveHalfCharacters(body)) {
                return null;
            }
            try (var parser = Json.parserOfClient(body)) {
                var place = find(parser, body);
                return place != null && isUtf8(body, place) ? place : null;
            } catch (JacksonException _) {
                return null;
            }
        }

        /** The parser checks only strings that it decodes. */
        private static boolean isUtf8(byte[] body, Place place) {
            try {
                StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(body, place.from(), place.to() - place.from()));
                return true;
            } catch (CharacterCodingException _) {
                return false;
            }
        }

        private static @Nullable Place find(JsonParser parser, byte[] body) {
            parser.nextToken();
            Place found = null;
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean isMessages = parser.currentName().equals(MESSAGES);
                parser.nextToken();
                if (isMessages) {
                    int from = offset(parser);
                    if (!arePlain(parser, body)) {
                        return null;
                    }
                    found = new Place(from, (int) parser.currentLocation().getByteOffset());
                } else {
                    parser.skipChildren();
                }
            }
            return found;
        }

        private static int offset(JsonParser parser) {
            return (int) parser.currentTokenLocation().getByteOffset();
        }

        private static boolean arePlain(JsonParser parser, byte[] body) {
            if (parser.currentToken() != JsonToken.START_ARRAY) {
                return false;
            }
            int count = 0;
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                if (!isPlain(parser, body)) {
                    return false;
                }
                count++;
            }
            return count > 0 && parser.currentToken() == JsonToken.END_ARRAY;
        }

        private static boolean isPlain(JsonParser parser, byte[] body) {
            boolean hasRole = false;
            boolean hasText = false;
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                var name = parser.currentName();
                if (parser.nextToken() != JsonToken.VALUE_STRING) {
                    return false;
                }
                switch (name) {
                    case "role" -> hasRole = ROLES.contains(parser.getString());
                    case "content" -> hasText = beginsVisibly(body, offset(parser) + 1);
                    default -> {
                        return false;
                    }
                }
            }
            return hasRole && hasText;
        }

        /** Whether a string is certainly not blank: it begins neither with its end, an escape nor any white space. */
        private static boolean beginsVisibly(byte[] body, int at) {
            if (at + 1 >= body.length) {
                return false;
            }
            return switch (body[at] & 0xFF) {
                case '"', '\\', ' ' -> false;
                // The first bytes of the white space beyond ASCII: U+1680, U+2000 to U+205F, U+3000.
                case 0xE1, 0xE2 -> false;
                case 0xE3 -> body[at + 1] != (byte) 0x80;
                default -> true;
            };
        }
    }
}

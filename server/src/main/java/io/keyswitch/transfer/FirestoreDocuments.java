package io.keyswitch.transfer;

import io.keyswitch.core.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads documents {@code users/{uid}/settings/llm} from a file: JSON lines, each a document with the user's ID and its
 * fields, or answers of Firestore's REST interface, as the emulator and the service give them. A file may be of any length.
 *
 * @see <a href="https://firebase.google.com/docs/firestore/reference/rest/v1/projects.databases.documents">Document</a>
 * @see <a href="https://firebase.google.com/docs/firestore/reference/rest/v1/projects.databases.documents/runQuery">runQuery</a>
 */
final class FirestoreDocuments {
    /**
     * A document.
     *
     * @param user the user's ID in Firebase; null if it does not say whose it is
     */
    record Document(@Nullable String user, Map<String, JsonNode> fields) {
        @Nullable
        String text(String field) {
            var value = fields.get(field);
            return value == null || value.isNull() || value.asString("").isBlank()
                    ? null
                    : value.asString("").strip();
        }

        boolean flag(String field) {
            var value = fields.get(field);
            return value != null && value.asBoolean(false);
        }
    }

    /** The path of a document, also as the end of its name in the REST interface. */
    private static final Pattern PATH = Pattern.compile("(?:.*/)?users/([^/]+)/settings/llm");

    private static final List<String> USER_FIELDS = List.of("uid", "userId", "user_id", "user");
    private static final List<String> PATH_FIELDS = List.of("path", "name", "id");
    private static final List<String> DATA_FIELDS = List.of("data", "document");

    private static final String LINE = "line ";
    private static final String PAGE = "documents";
    private static final String NEXT_PAGE = "nextPageToken";
    private static final Set<String> PAGE_FIELDS = Set.of(PAGE, NEXT_PAGE);

    /** What the answer to a query tells besides documents. */
    private static final Set<String> PROGRESS_FIELDS = Set.of("transaction", "readTime", "skippedResults", "done");

    private static final Set<String> UNFINISHED = Set.of("[", "{", ",", ":");

    /** No document that begins a file of JSON lines is longer, in characters. */
    private static final int LONGEST_LINE = 1 << 20;

    private final BiConsumer<String, @Nullable Document> reader;
    private boolean pageMissing;

    private FirestoreDocuments(BiConsumer<String, @Nullable Document> reader) {
        this.reader = reader;
    }

    /**
     * Reads a file.
     *
     * @param reader receives each document and its place in the file, which is empty for what is not a document
     * @return whether the last page names another one, which the file does not contain
     */
    static boolean read(BufferedReader file, BiConsumer<String, @Nullable Document> reader) throws IOException {
        var documents = new FirestoreDocuments(reader);
        if (beginsWithALine(file)) {
            documents.lines(file);
        } else {
            documents.values(file, LINE);
        }
        return documents.pageMissing;
    }

    /**
     * Whether a file has a document on each line: the first is an object by itself, or is broken and the second one is. The
     * first line of a file that was written for people to read ends within a list or an object.
     */
    private static boolean beginsWithALine(BufferedReader file) throws IOException {
        file.mark(2 * LONGEST_LINE);
        var first = line(file);
        boolean begins =
                isObject(first) || (!first.isEmpty() && !UNFINISHED.contains(last(first)) && isObject(line(file)));
        file.reset();
        return begins;
    }

    private static boolean isObject(String line) {
        return Json.readFromProvider(line) instanceof ObjectNode;
    }

    private static String last(String text) {
        return text.substring(text.length() - 1);
    }

    /** Reads the next line that is not blank; of a file that has none, or a longer one, what there is. */
    private static String line(Reader file) throws IOException {
        var line = new StringBuilder();
        int c = file.read();
        for (int read = 1;
                c != -1 && read < LONGEST_LINE && (c != '\n' || line.toString().isBlank());
                read++) {
            line.append((char) c);
            c = file.read();
        }
        return line.toString().strip();
    }

    /** Reads a value on each line. One that is not JSON leaves the others as they are. */
    private void lines(BufferedReader file) throws IOException {
        int number = 1;
        for (var line = file.readLine(); line != null; line = file.readLine(), number++) {
            if (!line.isBlank()) {
                values(new StringReader(line), "line " + number);
            }
        }
    }

    /**
     * Reads values one after the other.
     *
     * @param place their place; {@link #LINE} if the number of the line is to be added
     */
    private void values(Reader text, String place) {
        try (var parser = Json.parserOfFile(text)) {
            try {
                while (parser.nextToken() != null) {
                    value(parser, place);
                }
            } catch (JacksonException | ArithmeticException | NumberFormatException _) {
                reader.accept(place.equals(LINE) ? at(parser, place) + " and everything behind it" : place, null);
            }
        }
    }

    private static String at(JsonParser parser, String place) {
        return place.equals(LINE) ? place + parser.currentTokenLocation().getLineNr() : place;
    }

    private void value(JsonParser parser, String place) {
        switch (parser.currentToken()) {
            case START_ARRAY -> elements(parser, place);
            case START_OBJECT -> {
                if (place.equals(LINE)) {
                    streamed(parser);
                } else {
                    tree(parser.readValueAsTree(), place);
                }
            }
            case null, default -> reader.accept(at(parser, place), null);
        }
    }

    private void elements(JsonParser parser, String place) {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            var begin = at(parser, place);
            tree(parser.readValueAsTree(), begin);
        }
    }

    /** Reads an object that may be a page of any length: its documents one by one. */
    private void streamed(JsonParser parser) {
        var begin = at(parser, LINE);
        var rest = Json.object();
        boolean page = false;
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            var name = parser.currentName();
            boolean documents = parser.nextToken() == JsonToken.START_ARRAY && name.equals(PAGE) && isPage(rest);
            page |= documents;
            if (documents) {
                elements(parser, LINE);
            } else {
                rest.set(name, parser.<JsonNode>readValueAsTree());
            }
        }
        if (page) {
            endOfPage(rest);
        } else {
            tree(rest, begin);
        }
    }

    private void tree(JsonNode value, String place) {
        switch (value) {
            case ArrayNode values -> values.forEach(one -> tree(one, place));
            case ObjectNode page
            when isPage(page) -> {
                page.path(PAGE).forEach(one -> tree(one, place));
                endOfPage(page);
            }
            case ObjectNode progress when isProgress(progress) -> {
                // An element of the answer to a query that has no document.
            }
            case ObjectNode object -> reader.accept(place, document(object));
            default -> reader.accept(place, null);
        }
    }

    /**
     * Whether an object has the fields of a page and no others, or none, as a collection without documents. A document that a
     * user has written may have such fields, too, but is not taken for a page, whose documents may name other users.
     */
    private static boolean isPage(ObjectNode object) {
        return object.propertyStream().map(Map.Entry::getKey).allMatch(PAGE_FIELDS::contains);
    }

    private static boolean isProgress(ObjectNode object) {
        return object.propertyStream().map(Map.Entry::getKey).allMatch(PROGRESS_FIELDS::contains);
    }

    private void endOfPage(ObjectNode page) {
        pageMissing = !page.path(NEXT_PAGE).asString("").isEmpty();
    }

    /**
     * The place of a document says whose it is. Fields inside it do not, unless it has no place: users may be allowed to write
     * their own documents, and must not be able to name another user in them.
     */
    private static Document document(ObjectNode object) {
        for (var name : DATA_FIELDS) {
            if (object.path(name) instanceof ObjectNode inner) {
                var document = document(inner);
                var user = user(object);
                return user == null ? document : new Document(user, document.fields());
            }
        }
        var fields = object.path("fields") instanceof ObjectNode typed
                ? typed.properties().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, field -> untyped(field.getValue())))
                : object.properties().stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        return new Document(user(object), fields);
    }

    /** A value of the REST interface is an object with one field, named after its type. */
    private static JsonNode untyped(JsonNode value) {
        var inner = value.properties().stream().findFirst();
        return inner.isPresent() ? inner.get().getValue() : value;
    }

    /** Null too if a path and an ID name different users: one of them may be what a user wrote. */
    private static @Nullable String user(ObjectNode object) {
        var named = Stream.concat(
                        PATH_FIELDS.stream()
                                .map(name -> PATH.matcher(object.path(name).asString("")))
                                .filter(Matcher::matches)
                                .map(path -> path.group(1)),
                        USER_FIELDS.stream()
                                .map(name -> object.path(name).asString(""))
                                .filter(id -> !id.isBlank()))
                .distinct()
                .toList();
        return named.size() == 1 ? named.getFirst() : null;
    }
}

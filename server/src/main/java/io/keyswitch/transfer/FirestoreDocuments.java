package io.keyswitch.transfer;

import io.keyswitch.core.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads documents {@code users/{uid}/settings/llm} from a file: JSON lines, each a document with the user's ID and its
 * fields, or answers of Firestore's REST interface, as the emulator and the service give them.
 *
 * @see <a href="https://firebase.google.com/docs/firestore/reference/rest/v1/projects.databases.documents">Document</a>
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

    private FirestoreDocuments() {}

    /**
     * Reads a file.
     *
     * @param reader receives each document and its place in the file, which is empty for what is not a document
     */
    static void read(BufferedReader file, BiConsumer<String, @Nullable Document> reader) throws IOException {
        var first = file.readLine();
        if (first == null) {
            return;
        }
        if (Json.readFromProvider(first) == null) {
            whole(first + "\n" + file.lines().collect(Collectors.joining("\n")), reader);
            return;
        }
        int number = 1;
        for (var line = first; line != null; line = file.readLine(), number++) {
            if (!line.isBlank()) {
                value(Json.readFromProvider(line), "line " + number, reader);
            }
        }
    }

    /** A file that is one JSON value on several lines. */
    private static void whole(String text, BiConsumer<String, @Nullable Document> reader) {
        value(Json.readFromProvider(text), "the file", reader);
    }

    private static void value(@Nullable JsonNode value, String place, BiConsumer<String, @Nullable Document> reader) {
        switch (value) {
            case ArrayNode values -> values.forEach(one -> value(one, place, reader));
            case ObjectNode page
            when page.path("documents") instanceof ArrayNode documents ->
                documents.forEach(one -> value(one, place, reader));
            case ObjectNode object -> reader.accept(place, document(object));
            case null, default -> reader.accept(place, null);
        }
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

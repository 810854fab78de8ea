package io.keyswitch.settings;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads and merges YAML trees. */
final class SettingsTree {
    private static final YAMLMapper YAML = YAMLMapper.builder(YAMLFactory.builder()
                    .configure(StreamReadFeature.STRICT_DUPLICATE_DETECTION, true)
                    .build())
            .build();

    private SettingsTree() {}

    /**
     * Parses a settings file; an empty one is an empty mapping.
     *
     * @param name the file name for error messages
     * @throws SettingsException if it is not YAML
     */
    static JsonNode parse(String name, String yaml) {
        try {
            var root = yaml.isBlank() ? null : YAML.readTree(yaml);
            return root == null || root.isNull() || root.isMissingNode() ? empty() : root;
        } catch (JacksonException e) {
            var where = e.getLocation();
            throw new SettingsException(List.of("%s:%d:%d: not valid YAML: %s"
                    .formatted(name, where.getLineNr(), where.getColumnNr(), firstLine(e.getOriginalMessage()))));
        }
    }

    private static String firstLine(@Nullable String message) {
        var cure = "check the indentation, quotes and brackets there";
        return message == null
                ? cure
                : message.lines().findFirst().map(line -> line + "; " + cure).orElse(cure);
    }

    /** The line of each setting of a valid YAML file, by path. */
    static Map<String, Integer> lines(String yaml) {
        var lines = new HashMap<String, Integer>();
        try (var parser = YAML.createParser(yaml)) {
            for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.PROPERTY_NAME || token.isScalarValue() || token.isStructStart()) {
                    var path = path(parser.streamReadContext().pathAsPointer().toString());
                    lines.putIfAbsent(path, parser.currentTokenLocation().getLineNr());
                }
            }
        }
        return lines;
    }

    /** {@code /auth/oidc/0/issuer} becomes {@code auth.oidc[0].issuer}. */
    private static String path(String pointer) {
        return pointer.replaceAll("/(\\d+)(?=/|$)", "[$1]")
                .replaceFirst("^/", "")
                .replace('/', '.')
                .replace("~1", "/")
                .replace("~0", "~");
    }

    /** Reads a YAML file from the classpath. */
    static ObjectNode builtIn(String file) {
        try (InputStream in = SettingsTree.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is missing from the build");
            }
            return (ObjectNode) YAML.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ObjectNode empty() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** Merges two trees: mappings key by key; any other value of {@code top} replaces that of {@code base}. */
    static JsonNode overlay(JsonNode base, JsonNode top) {
        if (!(base instanceof ObjectNode baseObject) || !(top instanceof ObjectNode topObject)) {
            return top;
        }
        var merged = baseObject.deepCopy();
        topObject.properties().forEach(entry -> {
            var below = merged.get(entry.getKey());
            merged.set(entry.getKey(), below == null ? entry.getValue() : overlay(below, entry.getValue()));
        });
        return merged;
    }

    /** Sets a setting to the value of an environment variable. */
    static void put(ObjectNode root, Shape.Leaf leaf, String text) {
        JsonNode at = root;
        var segments = leaf.segments();
        for (var segment : segments.subList(0, segments.size() - 1)) {
            at = switch (at) {
                case ArrayNode array -> array.path(Integer.parseInt(segment));
                case ObjectNode object when object.get(segment) instanceof ObjectNode child -> child;
                case ObjectNode object when object.get(segment) instanceof ArrayNode child -> child;
                case ObjectNode object when isAbsent(object.path(segment)) -> object.putObject(segment);
                // A value of another type is a mistake, which the validation reports later.
                default -> MissingNode.getInstance();
            };
        }
        if (at instanceof ObjectNode object) {
            object.set(segments.getLast(), leaf.isList() ? list(text) : JsonNodeFactory.instance.stringNode(text));
        }
    }

    static boolean isAbsent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }

    /** Parses a comma-separated list. */
    private static ArrayNode list(String text) {
        var list = JsonNodeFactory.instance.arrayNode();
        Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .forEach(list::add);
        return list;
    }
}

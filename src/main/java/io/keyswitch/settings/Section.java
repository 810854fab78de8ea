package io.keyswitch.settings;

import io.keyswitch.core.Spelling;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * One mapping of the settings file, read key by key. A key that nobody asked for when {@link #close} comes is a mistake; so
 * is a value of the wrong kind. Mistakes go to the {@link Source}, reading goes on with the default.
 */
final class Section implements AutoCloseable {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,7})\\s*(ms|s|m|h)");
    private static final Pattern ZERO = Pattern.compile("0+\\s*(ms|s|m|h)");

    private final Source source;
    private final String path;
    private final JsonNode node;
    private final Set<String> known = new LinkedHashSet<>();

    Section(Source source, String path, JsonNode node) {
        this.source = source;
        this.path = path;
        this.node = node;
        if (!isMapping()) {
            source.problem(
                    path.isEmpty() ? "the settings file" : path,
                    "must be a mapping of settings, such as "
                            + (path.isEmpty() ? "server: {port: 8080}" : "{key: value}"));
        }
    }

    private boolean isMapping() {
        return isAbsent(node) || node.isObject();
    }

    String path(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    void problem(String key, String whatAndCure) {
        source.problem(path(key), whatAndCure);
    }

    private static boolean isAbsent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }

    /** Whether a key has a value; null is none, so that what is built in can be taken away. */
    boolean has(String key) {
        known.add(key);
        return !isAbsent(node.path(key)) || source.variable(path(key)) != null || source.hasVariableBelow(path(key));
    }

    @Nullable
    String text(String key) {
        known.add(key);
        var override = source.variable(path(key));
        if (override != null) {
            return override;
        }
        var value = node.path(key);
        if (isAbsent(value)) {
            return null;
        }
        if (!value.isValueNode()) {
            problem(key, "must be a single value");
            return null;
        }
        return value.asString("");
    }

    String text(String key, String otherwise) {
        var text = text(key);
        return text == null ? otherwise : text;
    }

    /** A value that must be there. */
    String required(String key, String cure) {
        var text = text(key);
        if (text == null || text.isBlank()) {
            if (isMapping()) {
                problem(key, "is missing: " + cure);
            }
            return "";
        }
        return text;
    }

    /**
     * A value turned into something else.
     *
     * @param parse throws IllegalArgumentException with what is wrong, to stand behind the setting's name
     * @return {@code otherwise} if the setting is absent or wrong
     */
    <T extends @Nullable Object> T parsed(String key, T otherwise, Function<String, T> parse) {
        var text = text(key);
        if (text == null) {
            return otherwise;
        }
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException e) {
            problem(key, String.valueOf(e.getMessage()));
            return otherwise;
        }
    }

    int integer(String key, int otherwise, int min, int max) {
        return parsed(key, otherwise, text -> {
            long value = text.matches("\\d{1,10}") ? Long.parseLong(text) : -1;
            if (value < min || value > max) {
                throw new IllegalArgumentException(
                        "is “%s”: it must be an integer from %d to %d".formatted(text, min, max));
            }
            return (int) value;
        });
    }

    @Nullable
    Integer integerOrNull(String key, int min, int max) {
        return text(key) == null ? null : Integer.valueOf(integer(key, min, min, max));
    }

    boolean flag(String key, boolean otherwise) {
        return parsed(key, otherwise, text -> switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("is “%s”: it must be true or false".formatted(text));
        });
    }

    Duration duration(String key, Duration otherwise) {
        return parsed(key, otherwise, Section::parseDuration);
    }

    Duration durationOrZero(String key, Duration otherwise) {
        return parsed(
                key, otherwise, text -> ZERO.matcher(text.strip()).matches() ? Duration.ZERO : parseDuration(text));
    }

    private static Duration parseDuration(String text) {
        var matcher = DURATION.matcher(text.strip());
        if (!matcher.matches() || Long.parseLong(matcher.group(1)) == 0) {
            throw new IllegalArgumentException("is “%s”: write a time such as 500ms, 30s or 2m".formatted(text));
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            default -> Duration.ofHours(amount);
        };
    }

    <E extends Enum<E>> E choice(String key, E otherwise, Function<E, String> name) {
        return parsed(key, otherwise, text -> {
            var values = otherwise.getDeclaringClass().getEnumConstants();
            for (var value : values) {
                if (name.apply(value).equals(text)) {
                    return value;
                }
            }
            var names = Arrays.stream(values).map(name).toList();
            throw new IllegalArgumentException(
                    "is “%s”: it must be one of %s".formatted(text, String.join(", ", names)));
        });
    }

    /** A list of values; an environment variable gives them separated by commas. */
    List<String> list(String key) {
        known.add(key);
        var override = source.variable(path(key));
        if (override != null) {
            return Arrays.stream(override.split(","))
                    .map(String::strip)
                    .filter(text -> !text.isEmpty())
                    .toList();
        }
        var items = new ArrayList<String>();
        for (var item : items(key)) {
            items.add(item.asString(""));
        }
        return items;
    }

    /** A list of mappings. */
    List<Section> sections(String key) {
        known.add(key);
        var sections = new ArrayList<Section>();
        for (var item : items(key)) {
            sections.add(new Section(source, path(key) + "[" + sections.size() + "]", item));
        }
        return sections;
    }

    private JsonNode items(String key) {
        var value = node.path(key);
        if (!isAbsent(value) && !value.isArray()) {
            problem(key, "must be a list, such as [first, second]");
            return MissingNode.getInstance();
        }
        return value;
    }

    /** The mapping under a key; empty if there is none. */
    Section section(String key) {
        known.add(key);
        return new Section(source, path(key), node.path(key));
    }

    /** The plain text values of a mapping whose keys are free. */
    Map<String, String> texts(String key) {
        known.add(key);
        var texts = new LinkedHashMap<String, String>();
        mapping(key)
                .properties()
                .forEach(entry -> texts.put(entry.getKey(), entry.getValue().asString("")));
        return texts;
    }

    /** The mappings of a mapping whose keys are free. */
    SequencedMap<String, JsonNode> entries(String key) {
        known.add(key);
        var entries = new LinkedHashMap<String, JsonNode>();
        mapping(key).properties().forEach(entry -> entries.put(entry.getKey(), entry.getValue()));
        return entries;
    }

    private JsonNode mapping(String key) {
        var value = node.path(key);
        if (!isAbsent(value) && !value.isObject()) {
            problem(key, "must be a mapping, such as {name: value}");
        }
        return value;
    }

    /** Takes every key that was not asked for as known. */
    void ignoreRest() {
        known.addAll(node.propertyNames());
    }

    /** Reports every key nobody asked for, with the nearest known one. */
    @Override
    public void close() {
        for (var key : node.propertyNames()) {
            if (!known.contains(key)) {
                var near = Spelling.nearest(key, known);
                var cure =
                        near == null ? "known here: " + String.join(", ", known) : "did you mean “" + path(near) + "”?";
                problem(key, "is no setting: " + cure);
            }
        }
    }
}

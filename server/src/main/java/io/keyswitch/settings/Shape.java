package io.keyswitch.settings;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.keyswitch.core.Spelling;
import io.keyswitch.provider.ModelId;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.EnumNamingStrategies;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Validates a settings tree against records: reports all mistakes at once, and replaces missing and invalid values with
 * defaults. Jackson then binds the result to the records.
 */
final class Shape {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,7})\\s*(ms|s|m|h)");

    private static final Pattern INTEGER = Pattern.compile("\\d{1,10}");

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enumNamingStrategy(EnumNamingStrategies.KEBAB_CASE)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .addModule(new SimpleModule()
                    .addDeserializer(Duration.class, new FromText<>(Duration.class, Shape::duration))
                    .addDeserializer(BaseUrl.class, new FromText<>(BaseUrl.class, BaseUrl::parse))
                    .addDeserializer(
                            URI.class,
                            new FromText<>(
                                    URI.class, text -> BaseUrl.parse(text).uri()))
                    .addDeserializer(ModelId.class, new FromText<>(ModelId.class, Shape::model))
                    .addDeserializer(Pattern.class, new FromText<>(Pattern.class, Shape::pattern)))
            .build();

    /**
     * A setting without child settings.
     *
     * @param segments its path; indexes of lists are segments too
     */
    record Leaf(List<String> segments, boolean isList) {
        Leaf {
            segments = List.copyOf(segments);
        }

        String path() {
            var path = new StringBuilder();
            for (var segment : segments) {
                boolean index = !segment.isEmpty() && Character.isDigit(segment.charAt(0));
                path.append(index ? "[" + segment + "]" : path.isEmpty() ? segment : "." + segment);
            }
            return path.toString();
        }
    }

    private final Mistakes mistakes;

    Shape(Mistakes mistakes) {
        this.mistakes = mistakes;
    }

    /** Binds a tree that {@link #check} returned to records. */
    static <T> T bind(JsonNode checked, Class<T> type) {
        return MAPPER.treeToValue(checked, type);
    }

    /** Reports every mistake and returns the tree without them, with all defaults. */
    ObjectNode check(JsonNode tree, Class<? extends Record> type) {
        return record(tree, type, "");
    }

    private ObjectNode record(JsonNode tree, Class<?> type, String path) {
        var checked = SettingsTree.empty();
        if (!(tree instanceof ObjectNode object)) {
            mistakes.sentence(
                    path,
                    path.isEmpty()
                            ? "The settings file must be a mapping of settings, such as server: {port: 8080}"
                            : path + " must be a mapping of settings, such as {key: value}");
            // Reports only this mistake, not also its missing settings.
            return new Shape(Mistakes.unreported()).record(checked, type, path);
        }
        var components = type.getRecordComponents();
        var known = Arrays.stream(components).map(Shape::name).toList();
        object.propertyNames().stream().filter(key -> !known.contains(key)).forEach(key -> unknown(path, key, known));
        for (var component : components) {
            var name = name(component);
            var child = component(object.path(name), component, join(path, name));
            if (child != null) {
                checked.set(name, child);
            }
        }
        return checked;
    }

    private void unknown(String path, String key, List<String> known) {
        var near = Spelling.nearest(key, known);
        var cure = near == null
                ? "Known settings: " + String.join(", ", known) + "."
                : "Did you mean \"" + join(path, near) + "\"?";
        mistakes.sentence(join(path, key), "Unknown setting \"" + join(path, key) + "\". " + cure);
    }

    static String join(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /** The name of a component in the file. */
    static String name(RecordComponent component) {
        var named = component.getAccessor().getAnnotation(JsonProperty.class);
        return named == null ? component.getName() : named.value();
    }

    static Setting setting(RecordComponent component) {
        return Objects.requireNonNull(component.getAnnotation(Setting.class), component.getName());
    }

    static boolean isOptional(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    private @Nullable JsonNode component(JsonNode value, RecordComponent component, String path) {
        if (value.isNull() && isOptional(component)) {
            // Removes the built-in value.
            return value;
        }
        boolean absent = SettingsTree.isAbsent(value);
        var type = component.getType();
        if (type == List.class) {
            return absent && isOptional(component) ? null : list(value, component, path);
        }
        if (type == Map.class) {
            return map(value, component, path);
        }
        if (type.isRecord() && !isValue(type)) {
            return absent && isOptional(component) ? null : record(absent ? SettingsTree.empty() : value, type, path);
        }
        return absent ? otherwise(component, path) : leaf(value, component, path);
    }

    /** Whether a record is written as one value. */
    static boolean isValue(Class<?> type) {
        return type == BaseUrl.class || type == ModelId.class;
    }

    static Class<?> element(Type type, int argument) {
        return (Class<?>) ((ParameterizedType) type).getActualTypeArguments()[argument];
    }

    private JsonNode list(JsonNode value, RecordComponent component, String path) {
        var checked = MAPPER.createArrayNode();
        if (SettingsTree.isAbsent(value)) {
            return checked;
        }
        if (!(value instanceof ArrayNode items)) {
            mistakes.at(path, "must be a list, such as [first, second]");
            return checked;
        }
        var type = element(component.getGenericType(), 0);
        for (int i = 0; i < items.size(); i++) {
            var item = items.get(i);
            if (type.isRecord()) {
                checked.add(record(item, type, path + "[" + i + "]"));
            } else if (!item.isValueNode()) {
                mistakes.at(path, "must be a list of single values");
            } else if (matches(item.asString(""), setting(component))) {
                checked.add(item.asString(""));
            } else {
                mistakes.at(
                        path,
                        "holds \"%s\": %s"
                                .formatted(item.asString(""), setting(component).form()));
            }
        }
        return checked;
    }

    private JsonNode map(JsonNode value, RecordComponent component, String path) {
        var checked = SettingsTree.empty();
        if (SettingsTree.isAbsent(value)) {
            return checked;
        }
        if (!(value instanceof ObjectNode entries)) {
            mistakes.at(path, "must be a mapping, such as {name: value}");
            return checked;
        }
        var type = element(component.getGenericType(), 1);
        for (var entry : entries.properties()) {
            var at = join(path, entry.getKey());
            if (type.isRecord() && !isValue(type)) {
                boolean removed = entry.getValue().isNull();
                checked.set(entry.getKey(), removed ? entry.getValue() : record(entry.getValue(), type, at));
            } else {
                var leaf = converted(entry.getValue(), type, setting(component), at);
                if (leaf != null) {
                    checked.set(entry.getKey(), leaf);
                }
            }
        }
        return checked;
    }

    private @Nullable JsonNode otherwise(RecordComponent component, String path) {
        var setting = setting(component);
        if (!setting.missing().isEmpty() && !isOptional(component)) {
            mistakes.at(path, "is missing: " + setting.missing());
        }
        return setting.otherwise().isEmpty() ? null : MAPPER.getNodeFactory().stringNode(setting.otherwise());
    }

    private @Nullable JsonNode leaf(JsonNode value, RecordComponent component, String path) {
        var setting = setting(component);
        var leaf = converted(value, component.getType(), setting, path);
        return leaf == null && !setting.otherwise().isEmpty()
                ? MAPPER.getNodeFactory().stringNode(setting.otherwise())
                : leaf;
    }

    /** A valid single value; null if it is invalid, which is reported. */
    private @Nullable JsonNode converted(JsonNode value, Class<?> type, Setting setting, String path) {
        if (!value.isValueNode()) {
            mistakes.at(path, "must be a single value");
            return null;
        }
        var text = value.asString("");
        if (text.isBlank() && !setting.missing().isEmpty()) {
            mistakes.at(path, "is missing: " + setting.missing());
            return null;
        }
        var problem = problem(text, type, setting);
        if (problem != null) {
            mistakes.at(path, problem);
            return null;
        }
        return MAPPER.getNodeFactory().stringNode(text);
    }

    private static @Nullable String problem(String text, Class<?> type, Setting setting) {
        if (type == String.class) {
            return matches(text, setting) ? null : "is \"%s\": %s".formatted(text, setting.form());
        }
        if (!isWritten(text, type)) {
            return expected(text, type, setting);
        }
        try {
            var value = MAPPER.convertValue(text, type);
            boolean inRange = switch (value) {
                case Integer number -> number >= setting.min() && number <= setting.max();
                case Duration time -> time.toMillis() >= setting.min();
                case null, default -> true;
            };
            return inRange ? null : expected(text, type, setting);
        } catch (JacksonException e) {
            return e.getCause() instanceof IllegalArgumentException cause
                    ? String.valueOf(cause.getMessage())
                    : expected(text, type, setting);
        }
    }

    /** Whether a string is a valid notation of the type. Jackson accepts more, such as an empty string for 0. */
    private static boolean isWritten(String text, Class<?> type) {
        if (type == int.class || type == Integer.class) {
            return INTEGER.matcher(text).matches();
        }
        if (type == boolean.class) {
            return text.equals("true") || text.equals("false");
        }
        return type.isEnum() ? names(type).contains(text) : !text.isBlank();
    }

    private static String expected(String text, Class<?> type, Setting setting) {
        var must = type.isEnum()
                ? "it must be one of " + String.join(", ", names(type))
                : type == boolean.class
                        ? "it must be true or false"
                        : type == Duration.class
                                ? "write a time such as 500ms, 30s or 2m"
                                : "it must be an integer from %d to %d".formatted(setting.min(), setting.max());
        return "is \"%s\": %s".formatted(text, must);
    }

    /** The names of an enum's constants in the file. */
    static List<String> names(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> MAPPER.valueToTree(constant).stringValue())
                .toList();
    }

    private static boolean matches(String text, Setting setting) {
        return setting.pattern().isEmpty() || text.matches(setting.pattern());
    }

    /** All settings that an environment variable can set, including those of existing entries of mappings and lists. */
    static List<Leaf> leaves(JsonNode tree, Class<?> type) {
        var leaves = new ArrayList<Leaf>();
        collect(tree, type, List.of(), leaves::add);
        return leaves;
    }

    private static void collect(JsonNode tree, Class<?> type, List<String> path, Consumer<Leaf> found) {
        for (var component : type.getRecordComponents()) {
            var at = with(path, name(component));
            var below = tree.path(name(component));
            var componentType = component.getType();
            if (componentType == Map.class) {
                var entryType = element(component.getGenericType(), 1);
                if (entryType.isRecord()) {
                    below.properties()
                            .forEach(entry -> collect(entry.getValue(), entryType, with(at, entry.getKey()), found));
                }
            } else if (componentType == List.class
                    && element(component.getGenericType(), 0).isRecord()) {
                for (int i = 0; i < below.size(); i++) {
                    collect(
                            below.path(i),
                            element(component.getGenericType(), 0),
                            with(at, Integer.toString(i)),
                            found);
                }
            } else if (componentType.isRecord() && !isValue(componentType)) {
                collect(below, componentType, at, found);
            } else {
                found.accept(new Leaf(at, componentType == List.class));
            }
        }
    }

    private static List<String> with(List<String> path, String segment) {
        var longer = new ArrayList<>(path);
        longer.add(segment);
        return longer;
    }

    private static Duration duration(String text) {
        var matcher = DURATION.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("is \"%s\": write a time such as 500ms, 30s or 2m".formatted(text));
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            default -> Duration.ofHours(amount);
        };
    }

    private static ModelId model(String id) {
        if (!ModelId.isValid(id)) {
            throw new IllegalArgumentException(
                    "must have %d to %d characters".formatted(ModelId.MIN_LENGTH, ModelId.MAX_LENGTH));
        }
        return new ModelId(id);
    }

    private static Pattern pattern(String regex) {
        try {
            return Pattern.compile(regex);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("is not a regular expression: " + e.getDescription(), e);
        }
    }

    /** Deserialises a value from a string. */
    private static final class FromText<T> extends StdDeserializer<T> {
        private final transient Function<String, T> parse;

        FromText(Class<T> type, Function<String, T> parse) {
            super(type);
            this.parse = parse;
        }

        @Override
        public T deserialize(JsonParser parser, DeserializationContext context) {
            try {
                return parse.apply(parser.getString());
            } catch (IllegalArgumentException e) {
                throw tools.jackson.databind.exc.ValueInstantiationException.from(
                        parser, String.valueOf(e.getMessage()), context.constructType(_valueClass), e);
            }
        }
    }
}

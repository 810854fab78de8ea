package io.keyswitch.settings;

import io.keyswitch.core.Json;
import io.keyswitch.provider.ModelId;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON schema (2020-12) of the settings file, generated from the settings records. Editors use it for completion
 * and validation.
 */
public final class SettingsSchema {
    private static final String TYPE = "type";
    private static final String STRING = "string";
    private static final String PATTERN = "pattern";

    private SettingsSchema() {}

    /** The schema as it is published in {@code keyswitch.schema.json}. */
    public static String text() {
        var schema = Json.object()
                .put("$schema", "https://json-schema.org/draft/2020-12/schema")
                .put("title", "Settings of Keyswitch");
        schema.setAll(record(SettingsFile.class, true));
        return schema.toPrettyString() + "\n";
    }

    /**
     * The schema of a record.
     *
     * @param whole whether the record has no built-in values, so that its required settings must be in the file
     */
    private static ObjectNode record(Class<?> type, boolean whole) {
        var schema = Json.object().put(TYPE, "object");
        var properties = schema.putObject("properties");
        var required = Json.object().arrayNode();
        for (var component : type.getRecordComponents()) {
            var property = property(component, whole);
            var setting = Shape.setting(component);
            property.put("description", setting.value());
            if (!setting.otherwise().isEmpty()) {
                putDefault(property, component.getType(), setting.otherwise());
            }
            properties.set(Shape.name(component), Shape.isOptional(component) ? orNull(property) : property);
            if (whole && !Shape.isOptional(component) && !setting.missing().isEmpty()) {
                required.add(Shape.name(component));
            }
        }
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
        return schema.put("additionalProperties", false);
    }

    private static void putDefault(ObjectNode property, Class<?> type, String otherwise) {
        if (type == int.class) {
            property.put("default", Integer.parseInt(otherwise));
        } else if (type == boolean.class) {
            property.put("default", Boolean.parseBoolean(otherwise));
        } else {
            property.put("default", otherwise);
        }
    }

    private static ObjectNode property(RecordComponent component, boolean whole) {
        var type = component.getType();
        var setting = Shape.setting(component);
        if (type == List.class) {
            var element = Shape.element(component.getGenericType(), 0);
            var list = Json.object().put(TYPE, "array");
            var items = element.isRecord() ? record(element, true) : value(element, setting);
            list.set("items", setting.pattern().isEmpty() ? items : orNumber(items));
            return list;
        }
        if (type == Map.class) {
            var element = Shape.element(component.getGenericType(), 1);
            var map = Json.object().put(TYPE, "object");
            map.set(
                    "additionalProperties",
                    element.isRecord() ? orNull(record(element, false)) : value(element, setting));
            return map;
        }
        return type.isRecord() && !Shape.isValue(type) ? record(type, whole) : value(type, setting);
    }

    /** Also allows integers, because lists of numbers are read as strings. */
    private static ObjectNode orNumber(ObjectNode items) {
        items.putArray(TYPE).add(STRING).add("integer");
        return items;
    }

    /** Also allows null, which removes a built-in value. */
    private static ObjectNode orNull(ObjectNode schema) {
        var type = schema.path(TYPE).asString(STRING);
        schema.putArray(TYPE).add(type).add("null");
        if (schema.has("enum")) {
            schema.withArray("enum").addNull();
        }
        return schema;
    }

    private static ObjectNode value(Class<?> type, Setting setting) {
        var schema = Json.object();
        if (type == int.class || type == Integer.class) {
            return schema.put(TYPE, "integer").put("minimum", setting.min()).put("maximum", setting.max());
        }
        if (type == boolean.class) {
            return schema.put(TYPE, "boolean");
        }
        schema.put(TYPE, STRING);
        if (type.isEnum()) {
            Shape.names(type).forEach(schema.putArray("enum")::add);
        } else if (type == Duration.class) {
            schema.put(PATTERN, "^\\d{1,7}\\s*(ms|s|m|h)$");
        } else if (type == ModelId.class) {
            schema.put("minLength", ModelId.MIN_LENGTH).put("maxLength", ModelId.MAX_LENGTH);
        } else if (type == BaseUrl.class) {
            schema.put(PATTERN, "^https?://");
        } else if (type == Pattern.class) {
            schema.put("format", "regex");
        } else if (!setting.pattern().isEmpty()) {
            schema.put(PATTERN, "^(?:" + setting.pattern() + ")$");
        }
        return schema;
    }
}

package io.keyswitch.llm.wire;

import io.keyswitch.llm.ListedModel;
import io.keyswitch.provider.ModelsEndpoint;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads providers' model lists. Skips entries without an ID and models that do not support chat. */
public final class ModelListReader {
    private ModelListReader() {}

    public static List<ListedModel> read(ModelsEndpoint.Shape shape, JsonNode body) {
        var models = new ArrayList<ListedModel>();
        for (var entry : entries(shape, body)) {
            var model = model(shape, entry);
            if (model != null) {
                models.add(model);
            }
        }
        return models;
    }

    private static JsonNode entries(ModelsEndpoint.Shape shape, JsonNode body) {
        return switch (shape) {
            case OPENAI, ANTHROPIC -> body.path("data");
            case GEMINI -> body.path("models");
            case CLOUDFLARE -> body.path("result");
            case ARRAY -> body;
        };
    }

    private static @Nullable ListedModel model(ModelsEndpoint.Shape shape, JsonNode entry) {
        var id = Node.text(entry, "id");
        var name = Node.text(entry, "name");
        return switch (shape) {
            case OPENAI, ARRAY -> listed(id, name, entry, "context_window", "context_length", "max_model_len");
            case ANTHROPIC -> listed(id, Node.text(entry, "display_name"), entry, "max_input_tokens");
            case CLOUDFLARE -> listed(name, null, entry);
            case GEMINI ->
                chats(entry)
                        ? listed(withoutPrefix(name), Node.text(entry, "displayName"), entry, "inputTokenLimit")
                        : null;
        };
    }

    private static @Nullable ListedModel listed(
            @Nullable String id, @Nullable String displayName, JsonNode entry, String... windowFields) {
        if (id == null || id.isEmpty()) {
            return null;
        }
        for (var field : windowFields) {
            long window = Node.count(entry, field);
            if (window > 0) {
                return new ListedModel(id, displayName, window);
            }
        }
        return new ListedModel(id, displayName, null);
    }

    private static @Nullable String withoutPrefix(@Nullable String name) {
        return name != null && name.startsWith("models/") ? name.substring("models/".length()) : name;
    }

    private static boolean chats(JsonNode entry) {
        var methods = entry.path("supportedGenerationMethods");
        if (!methods.isArray()) {
            return true;
        }
        for (var method : methods) {
            if (method.asString("").equals("generateContent")) {
                return true;
            }
        }
        return false;
    }
}

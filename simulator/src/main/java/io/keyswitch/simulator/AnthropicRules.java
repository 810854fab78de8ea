package io.keyswitch.simulator;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Validates requests like Anthropic, by API version. */
final class AnthropicRules {
    static final String NEWEST = "2026-10-21";
    static final List<String> VERSIONS = List.of("2023-06-01", NEWEST);
    private static final List<String> SAMPLING = List.of("temperature", "top_p", "top_k");

    private AnthropicRules() {}

    /** The first violation as a message; null if there is none. */
    static @Nullable String fault(String version, ObjectNode body) {
        var fault = fields(version, body);
        if (fault == null) {
            fault = sampling(body);
        }
        if (fault == null) {
            fault = system(body);
        }
        return fault == null ? messages(version, body) : fault;
    }

    private static @Nullable String fields(String version, ObjectNode body) {
        for (var field : List.of("model", "messages", "max_tokens")) {
            if (!Json.has(body, field)) {
                return field + ": Field required";
            }
        }
        for (var field : body.propertyNames()) {
            var sampling = SAMPLING.contains(field) && !version.equals(NEWEST);
            if (!sampling && !RequestFields.ANTHROPIC.contains(field)) {
                return field + ": Extra inputs are not permitted";
            }
        }
        if (!body.path("max_tokens").isIntegralNumber()) {
            return "max_tokens: Input should be a valid integer";
        }
        return body.path("max_tokens").doubleValue() < 0
                ? "max_tokens: Input should be greater than or equal to 0"
                : null;
    }

    /** Current models accept sampling parameters only with default values. */
    private static @Nullable String sampling(ObjectNode body) {
        var older = AnthropicModels.older(Json.text(body, "model"));
        for (var field : SAMPLING) {
            var value = body.path(field);
            var isDefault = !field.equals("top_k") && value.asDouble(1) == 1;
            if (Json.has(body, field) && !older && !isDefault) {
                return "`" + field + "` may only be set to its default for this model.";
            }
        }
        var temperature = body.path("temperature").asDouble(1);
        return temperature < 0 || temperature > 1 ? "temperature: range: 0..1" : null;
    }

    private static @Nullable String system(ObjectNode body) {
        var system = body.path("system");
        if (system.isMissingNode()) {
            return null;
        }
        if (!system.isString() && !system.isArray()) {
            return "system: Input should be a valid string or list";
        }
        return emptyText(system) ? "system: text content blocks must be non-empty" : null;
    }

    private static @Nullable String messages(String version, ObjectNode body) {
        var messages = body.path("messages");
        if (!messages.isArray() || messages.isEmpty()) {
            return "messages: at least one message is required";
        }
        for (var index = 0; index < messages.size(); index++) {
            var fault = message(version, messages.path(index), index, index == messages.size() - 1);
            if (fault != null) {
                return "messages." + index + fault;
            }
        }
        var last = Json.text(messages.path(messages.size() - 1), "role");
        return last.equals("assistant") && !AnthropicModels.older(Json.text(body, "model"))
                ? "This model does not support assistant message prefill. The conversation must end with a user"
                        + " message."
                : null;
    }

    private static @Nullable String message(String version, JsonNode message, int index, boolean last) {
        var role = Json.text(message, "role");
        var content = message.path("content");
        if (!role.equals("user") && !role.equals("assistant") && (index == 0 || !role.equals("system"))) {
            return ".role: Input should be 'user' or 'assistant'";
        }
        if (!content.isString() && !content.isArray()) {
            return ".content: Field required";
        }
        if (emptyText(content) && !(last && role.equals("assistant"))) {
            return ": text content blocks must be non-empty";
        }
        return version.equals(NEWEST) ? newest(role, content) : null;
    }

    /** Rejects message content that the newest version no longer accepts. */
    private static @Nullable String newest(String role, JsonNode content) {
        for (var block : content) {
            if (role.equals("assistant") && Json.text(block, "type").equals("document")) {
                return ".content: document blocks are not permitted in assistant messages";
            }
            if (role.equals("user") && !block.path("citations").isEmpty()) {
                return ".content: citations are not permitted in user messages";
            }
        }
        return null;
    }

    private static boolean emptyText(JsonNode content) {
        if (content.isString()) {
            return content.stringValue().isEmpty();
        }
        for (var block : content) {
            if (Json.text(block, "type").equals("text")
                    && Json.text(block, "text").isEmpty()) {
                return true;
            }
        }
        return content.isEmpty();
    }
}

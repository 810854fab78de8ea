package io.keyswitch.llm.wire.openai;

import io.keyswitch.core.Json;
import io.keyswitch.core.Sha256;
import io.keyswitch.llm.wire.Node;
import io.keyswitch.provider.Quirk;
import io.keyswitch.provider.Quirks;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An assistant message in a request: the answer of some provider, as clients push it back. Takes out what answers have and
 * requests may not have, unless the provider takes it.
 */
final class ReturnedMessage {
    /** What providers, Keyswitch and client libraries add to the message of an answer. */
    private static final Set<String> ADDITIONS = Set.of(
            "annotations",
            "citations",
            "executed_tools",
            "extra_content",
            "finish_reason",
            "images",
            "logprobs",
            "matched_stop",
            "parsed",
            "provider_specific_fields",
            "reasoning",
            "reasoning_content",
            "reasoning_details",
            "search_results",
            "stop_reason",
            "thinking",
            "thinking_blocks",
            "token_ids",
            "usage");

    private static final Set<String> REASONING_PARTS = Set.of("thinking", "redacted_thinking", "reasoning");
    private static final Set<String> OF_CALL = Set.of("id", "type", "function", "custom");
    private static final Set<String> OF_FUNCTION = Set.of("name", "arguments");
    private static final Set<String> SILENT = Set.of("role", "content", "name");
    private static final String CONTENT = "content";
    private static final String REFUSAL = "refusal";
    private static final String TOOL_CALLS = "tool_calls";
    private static final String REASONING = "reasoning_content";

    private static final Pattern SHORT_ID = Pattern.compile("[A-Za-z0-9]{9}");
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private ReturnedMessage() {}

    /** Adapts the message, in place. */
    static void adapt(ObjectNode message, Quirks quirks) {
        removeAbsent(message);
        boolean calls = message.has(TOOL_CALLS);
        boolean reasoned = quirks.has(Quirk.REASONING_OF_CALLS) && calls;
        ADDITIONS.stream()
                .filter(field -> !quirks.takesBack().contains(field) && !(reasoned && field.equals(REASONING)))
                .forEach(message::remove);
        if (reasoned && !message.has(REASONING)) {
            message.put(REASONING, "");
        }
        if (!quirks.takesBack().contains(REFUSAL)) {
            sayRefusal(message);
        }
        if (message.path(CONTENT) instanceof ArrayNode parts) {
            adaptParts(parts, quirks);
        }
        for (var call : message.path(TOOL_CALLS)) {
            if (call instanceof ObjectNode object) {
                adaptCall(object, quirks);
            }
        }
    }

    /** Whether an adapted message is of the assistant and says nothing. */
    static boolean isSilent(JsonNode message) {
        var content = message.path(CONTENT);
        boolean empty = content.isMissingNode()
                || content.isNull()
                || (content.isString() && content.stringValue().isBlank())
                || (content.isArray() && content.isEmpty());
        return empty
                && message.propertyNames().stream().allMatch(SILENT::contains)
                && "assistant".equals(Node.text(message, "role"));
    }

    /** Client libraries print absent fields as null, and no calls as an empty list. */
    private static void removeAbsent(ObjectNode message) {
        message.properties().removeIf(field -> !field.getKey().equals(CONTENT) && isAbsent(field.getValue()));
    }

    private static boolean isAbsent(JsonNode value) {
        return value.isNull() || (value.isArray() && value.isEmpty());
    }

    /** A refusal is what the model said. */
    private static void sayRefusal(ObjectNode message) {
        var refusal = Node.content(message.path(REFUSAL));
        message.remove(REFUSAL);
        boolean silent = !message.has(CONTENT) || message.path(CONTENT).isNull();
        if (silent && !refusal.isEmpty()) {
            message.put(CONTENT, refusal);
        }
    }

    private static void adaptParts(ArrayNode parts, Quirks quirks) {
        for (int i = parts.size() - 1; i >= 0; i--) {
            var type = Node.textOrEmpty(parts.path(i), "type");
            if (REASONING_PARTS.contains(type) && !quirks.takesBack().contains(type)) {
                parts.remove(i);
            } else if (type.equals(REFUSAL) && !quirks.takesBack().contains(REFUSAL)) {
                var said = Json.object().put("type", "text");
                parts.set(i, said.put("text", Node.textOrEmpty(parts.path(i), REFUSAL)));
            }
        }
    }

    private static void adaptCall(ObjectNode call, Quirks quirks) {
        call.properties()
                .removeIf(field -> !OF_CALL.contains(field.getKey())
                        && !quirks.takesBack().contains(TOOL_CALLS + "." + field.getKey()));
        if (call.path("function") instanceof ObjectNode function) {
            function.properties().removeIf(field -> !OF_FUNCTION.contains(field.getKey()));
            var arguments = function.path("arguments");
            if (!arguments.isString()) {
                function.put("arguments", arguments.isObject() ? Json.text(arguments) : "{}");
            }
        }
    }

    /** The ID that a provider with short IDs of calls gets in place of another: always the same. */
    static String shortId(String id) {
        if (SHORT_ID.matcher(id).matches()) {
            return id;
        }
        var digest = Sha256.of(id.getBytes(StandardCharsets.UTF_8));
        var shortened = new StringBuilder();
        for (int i = 0; i < 9; i++) {
            shortened.append(ALPHABET.charAt((digest[i] & 0xFF) % ALPHABET.length()));
        }
        return shortened.toString();
    }
}

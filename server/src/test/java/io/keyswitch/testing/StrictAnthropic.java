package io.keyswitch.testing;

import io.keyswitch.core.Json;
import java.util.ArrayList;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Anthropic's API, version 2023-06-01. */
final class StrictAnthropic extends StrictVendor {
    private static final String SIGNATURE = "RXFRQi9hbnRocm9waWM=";
    private static final Set<String> OF_REQUEST = Set.of(
            "max_tokens",
            "messages",
            "metadata",
            "model",
            "output_config",
            "stop_sequences",
            "stream",
            "system",
            "thinking",
            "tool_choice",
            "tools");

    @Override
    void check(ObjectNode request) {
        refuseOthers(request, OF_REQUEST, "request");
        refuseIf(!request.path("max_tokens").isIntegralNumber(), "max_tokens: Field required");
        var previous = "";
        JsonNode answered = Json.array();
        for (var message : request.path("messages")) {
            var role = text(message, "role");
            refuseOthers(message, Set.of("role", "content"), "messages");
            refuseIf(role.equals(previous), "messages: roles must alternate");
            refuseIf(previous.isEmpty() && !role.equals("user"), "messages.0: must be from the user");
            switch (role) {
                case "user" -> checkUser(message.path("content"), answered);
                case "assistant" -> checkAnswer(message.path("content"));
                default -> throw new Refused("role: Input should be 'user' or 'assistant'");
            }
            answered = role.equals("assistant") ? message.path("content") : Json.array();
            previous = role;
        }
        refuseIf(!previous.equals("user"), "This model does not support assistant message prefill.");
    }

    /** The results come first, one for each call of the message before. */
    private static void checkUser(JsonNode content, JsonNode answered) {
        var calls = new ArrayList<String>();
        answered.valueStream().filter(StrictAnthropic::isCall).forEach(call -> calls.add(text(call, "id")));
        boolean others = false;
        for (var block : content) {
            if (text(block, "type").equals("tool_result")) {
                refuseIf(others, "tool_result blocks must come first");
                refuseIf(!calls.remove(text(block, "tool_use_id")), "unexpected `tool_use_id` in tool_result");
            } else {
                others = true;
                checkText(block);
            }
        }
        refuseIf(!calls.isEmpty(), "`tool_use` ids were found without `tool_result` blocks immediately after");
        refuseIf(content.isString() && content.stringValue().isBlank(), "text content blocks must be non-empty");
    }

    private static void checkAnswer(JsonNode content) {
        boolean thought = false;
        for (var block : content) {
            switch (text(block, "type")) {
                case "text" -> checkText(block);
                case "tool_use" -> {
                    refuseIf(!text(block, "id").matches("[a-zA-Z0-9_-]+"), "tool_use.id: String should match pattern");
                    refuseIf(!block.path("input").isObject(), "tool_use.input: Input should be an object");
                }
                case "thinking" -> {
                    refuseIf(!text(block, "signature").equals(SIGNATURE), "Invalid `signature` in `thinking` block");
                    thought = true;
                }
                default -> throw new Refused("unexpected block " + block);
            }
        }
        boolean own = content.valueStream().anyMatch(block -> text(block, "id").startsWith("toolu_own"));
        refuseIf(own && !thought, "Expected `thinking`, but found `tool_use`");
    }

    private static void checkText(JsonNode block) {
        refuseIf(
                text(block, "type").equals("text") && text(block, "text").isBlank(),
                "text content blocks must be non-empty");
    }

    private static boolean isCall(JsonNode block) {
        return text(block, "type").equals("tool_use");
    }

    @Override
    boolean endsWithResult(ObjectNode request) {
        return text(last(request.path("messages")).path("content").path(0), "type")
                .equals("tool_result");
    }

    @Override
    ObjectNode calls() {
        var blocks = thought();
        blocks.addObject().put("type", "text").put("text", PREFACE);
        call(blocks, "toolu_own1", "get_weather").put("city", "Paris");
        call(blocks, "toolu_own2", "get_time");
        return message(blocks, "tool_use");
    }

    private static ObjectNode call(ArrayNode blocks, String id, String name) {
        return blocks.addObject()
                .put("type", "tool_use")
                .put("id", id)
                .put("name", name)
                .putObject("input");
    }

    @Override
    ObjectNode forecast() {
        var blocks = thought();
        blocks.addObject().put("type", "text").put("text", FORECAST);
        return message(blocks, "end_turn");
    }

    private static ArrayNode thought() {
        return array(
                Json.object().put("type", "thinking").put("thinking", THOUGHT).put("signature", SIGNATURE));
    }

    private static ObjectNode message(ArrayNode content, String stopReason) {
        var message = Json.object()
                .put("id", "msg_1")
                .put("type", "message")
                .put("role", "assistant")
                .put("model", "m-1")
                .put("stop_reason", stopReason);
        message.putObject("usage").put("input_tokens", 11).put("output_tokens", 4);
        return message.set("content", content);
    }
}

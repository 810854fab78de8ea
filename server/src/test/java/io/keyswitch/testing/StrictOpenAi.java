package io.keyswitch.testing;

import io.keyswitch.core.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A vendor with OpenAI's format: a closed schema of messages, and what single vendors are known to refuse. */
final class StrictOpenAi extends StrictVendor {
    private static final Set<String> OF_ASSISTANT = Set.of("role", "content", "tool_calls");
    private static final Set<String> OF_CALL = Set.of("id", "type", "function");
    private static final Set<String> OF_ROUTED_CALL = Set.of("id", "type", "function", "extra_content");
    private static final Set<String> OF_TOOL = Set.of("role", "content", "tool_call_id");
    private static final Set<String> OF_OTHERS = Set.of("role", "content");

    private final String vendor;

    StrictOpenAi(String vendor) {
        this.vendor = vendor;
    }

    @Override
    public boolean readsImages() {
        return !vendor.equals("deepseek");
    }

    @Override
    void check(ObjectNode request) {
        var messages = list(request.path("messages"));
        messages.forEach(this::checkMessage);
        checkOrder(messages);
        if (vendor.equals("perplexity")) {
            checkTurns(messages);
        } else {
            checkCalls(messages);
        }
    }

    private void checkMessage(JsonNode message) {
        switch (text(message, "role")) {
            case "assistant" -> checkAnswer(message);
            case "tool" -> refuseOthers(message, OF_TOOL, "messages");
            default -> refuseOthers(message, OF_OTHERS, "messages");
        }
        if (vendor.equals("cloudflare")) {
            var content = message.path("content");
            boolean text =
                    content.valueStream().allMatch(part -> text(part, "type").equals("text"));
            refuseIf(content.isArray() && text, "Type mismatch of '/messages/0/content', 'array' not in 'string'");
        }
        for (var part : message.path("content")) {
            refuseIf(
                    !readsImages() && !text(part, "type").equals("text"),
                    "Failed to deserialize the JSON body into the target type: messages[0]: unknown variant `"
                            + text(part, "type")
                            + "`, expected `text` at line 1 column 9");
        }
    }

    private void checkAnswer(JsonNode message) {
        var known = new HashSet<>(OF_ASSISTANT);
        known.addAll(
                switch (vendor) {
                    case "openai" -> Set.of("refusal", "annotations", "audio");
                    case "openrouter" -> Set.of("reasoning", "reasoning_details");
                    case "vllm" -> Set.of("reasoning", "reasoning_content");
                    case "deepseek" -> Set.of("reasoning_content");
                    default -> Set.of();
                });
        refuseOthers(message, known, "messages.1");
        boolean calls = message.has("tool_calls");
        refuseIf(!calls && message.path("content").isNull(), "messages.1.content: must be said");
        refuseIf(
                vendor.equals("deepseek")
                        && calls
                        && !message.path("reasoning_content").isString(),
                "The `reasoning_content` in the thinking mode must be passed back to the API.");
        for (var call : message.path("tool_calls")) {
            var id = text(call, "id");
            refuseIf(
                    vendor.equals("mistral") && !id.matches("[A-Za-z0-9]{9}"),
                    "Tool call id was " + id + " but must be a-z, A-Z, 0-9, with a length of 9.");
            refuseOthers(call, vendor.equals("openrouter") ? OF_ROUTED_CALL : OF_CALL, "tool_calls");
            refuseOthers(call.path("function"), Set.of("name", "arguments"), "function");
            refuseIf(!call.path("function").path("arguments").isString(), "arguments must be a string");
        }
    }

    private void checkOrder(List<JsonNode> messages) {
        for (int i = 1; i < messages.size(); i++) {
            var pair = text(messages.get(i - 1), "role") + " " + text(messages.get(i), "role");
            refuseIf(vendor.equals("mistral") && pair.equals("tool user"), "Unexpected role 'user' after role 'tool'");
        }
    }

    /** Every call is answered directly after it, and nothing else is. */
    private static void checkCalls(List<JsonNode> messages) {
        var open = new ArrayList<String>();
        for (var message : messages) {
            if (text(message, "role").equals("tool")) {
                refuseIf(!open.remove(text(message, "tool_call_id")), "a tool result without its tool_calls");
            } else {
                refuseIf(!open.isEmpty(), "tool_calls must be followed by tool messages");
                message.path("tool_calls").forEach(call -> open.add(text(call, "id")));
            }
        }
        refuseIf(!open.isEmpty(), "tool_calls must be followed by tool messages");
    }

    private static void checkTurns(List<JsonNode> messages) {
        var previous = "";
        for (var message : messages) {
            var role = text(message, "role");
            refuseIf(!Set.of("system", "user", "assistant").contains(role), "unknown role " + role);
            refuseIf(message.has("tool_calls"), "property 'tool_calls' is unsupported");
            refuseIf(
                    role.equals(previous) || (role.equals("system") && !previous.isEmpty()),
                    "After the (optional) system message(s), user or tool message(s) should alternate with assistant"
                            + " message(s).");
            previous = role;
        }
        refuseIf(!previous.equals("user"), "Last message must have role `user`.");
    }

    @Override
    boolean endsWithResult(ObjectNode request) {
        var last = last(request.path("messages"));
        return text(last, "role").equals("tool") || text(last, "content").contains("[get_time: ");
    }

    @Override
    ObjectNode calls() {
        var message = message(PREFACE);
        var first = call(0, "get_weather", "{\"city\":\"Paris\"}");
        first.putObject("extra_content").putObject("google").put("thought_signature", "c2ln");
        message.set("tool_calls", array(first, call(1, "get_time", "{}")));
        return completion(message, "tool_calls");
    }

    private ObjectNode call(int index, String name, String arguments) {
        var json = Json.object()
                .put("id", vendor.equals("mistral") ? "call0000" + index : "call_" + vendor + "_" + index)
                .put("index", index)
                .put("type", "function");
        json.putObject("function").put("name", name).put("arguments", arguments);
        return json;
    }

    @Override
    ObjectNode forecast() {
        return completion(message(FORECAST), "stop");
    }

    /** A message with the additions of many vendors. */
    private static ObjectNode message(String text) {
        var message = Json.object().put("role", "assistant").put("content", text);
        message.put("reasoning", THOUGHT).put("reasoning_content", THOUGHT).putNull("refusal");
        message.putNull("function_call").putNull("audio").putArray("annotations");
        message.set(
                "reasoning_details",
                array(Json.object().put("type", "reasoning.text").put("text", THOUGHT)));
        message.set("executed_tools", array(Json.object().put("type", "search")));
        message.set("search_results", array(Json.object().put("title", "Weather")));
        message.set("provider_specific_fields", Json.object().put("traced", true));
        return message;
    }

    private static ObjectNode completion(ObjectNode message, String finish) {
        var choice = Json.object().put("index", 0).put("finish_reason", finish).set("message", message);
        return Json.object()
                .put("id", "c-1")
                .put("object", "chat.completion")
                .put("created", 1)
                .put("model", "m-1")
                .set("choices", array(choice));
    }
}

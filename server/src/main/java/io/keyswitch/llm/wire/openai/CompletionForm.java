package io.keyswitch.llm.wire.openai;

import io.keyswitch.core.Json;
import io.keyswitch.llm.sse.SseParser;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Turns a complete answer into a stream and a stream into a complete answer, for providers that give the other one. */
public final class CompletionForm {
    private static final String CHOICES = "choices";
    private static final String USAGE = "usage";
    private static final String TOOL_CALLS = "tool_calls";
    private static final String FINISH_REASON = "finish_reason";
    private static final int MAX_INDEX = 127;

    private final SseParser parser = new SseParser();
    private final ObjectNode whole = Json.object();
    private final ArrayNode choices = Json.array();

    /** The frames of a stream with the content of a complete answer, without {@code [DONE]}. */
    public static byte[] frames(ObjectNode whole, boolean withUsage) {
        var base = whole.deepCopy();
        var choices = base.remove(CHOICES);
        var usage = base.remove(USAGE);
        base.put("object", "chat.completion.chunk");
        var said = base.deepCopy().set(CHOICES, Json.array());
        var ended = base.deepCopy().set(CHOICES, Json.array());
        for (var choice : choices) {
            int index = choice.path("index").asInt(0);
            var first = ((ArrayNode) said.path(CHOICES)).addObject().put("index", index);
            first.set("delta", delta(choice.path("message")));
            if (choice.has("logprobs")) {
                first.set("logprobs", choice.path("logprobs"));
            }
            first.putNull(FINISH_REASON);
            var last = ((ArrayNode) ended.path(CHOICES)).addObject().put("index", index);
            last.putObject("delta");
            last.put(FINISH_REASON, choice.path(FINISH_REASON).asString("stop"));
        }
        var frames = frame(said) + frame(ended);
        if (withUsage && usage != null) {
            base.putArray(CHOICES);
            frames += frame(base.set(USAGE, usage));
        }
        return frames.getBytes(StandardCharsets.UTF_8);
    }

    private static JsonNode delta(JsonNode message) {
        var delta = message.deepCopy();
        int index = 0;
        for (var call : delta.path(TOOL_CALLS)) {
            if (call instanceof ObjectNode object) {
                object.put("index", index++);
            }
        }
        return delta;
    }

    private static String frame(JsonNode chunk) {
        return "data: " + Json.text(chunk) + "\n\n";
    }

    /** Adds complete frames of a stream. */
    public void add(byte[] frames) {
        for (var event : parser.feed(frames)) {
            if (Json.readFromProvider(event.data()) instanceof ObjectNode chunk) {
                add(chunk);
            }
        }
    }

    private void add(ObjectNode chunk) {
        chunk.properties().forEach(field -> {
            boolean absent = field.getValue().isNull() && whole.has(field.getKey());
            if (!field.getKey().equals(CHOICES) && !absent) {
                whole.set(field.getKey(), field.getValue());
            }
        });
        for (var choice : chunk.path(CHOICES)) {
            var collected = at(choices, choice.path("index").asInt(0));
            merge(collected.withObject("message"), choice.path("delta"));
            if (choice.path("logprobs").isObject()) {
                merge(collected.withObject("logprobs"), choice.path("logprobs"));
            }
            if (!choice.path(FINISH_REASON).isNull() && choice.has(FINISH_REASON)) {
                collected.set(FINISH_REASON, choice.path(FINISH_REASON));
            }
        }
    }

    /** The object at an index of a list, which is filled up to there. */
    private static ObjectNode at(ArrayNode list, int index) {
        while (list.size() <= Math.clamp(index, 0, MAX_INDEX)) {
            list.addObject();
        }
        return (ObjectNode) list.get(Math.clamp(index, 0, MAX_INDEX));
    }

    private static void merge(ObjectNode collected, JsonNode delta) {
        delta.properties().forEach(field -> {
            var name = field.getKey();
            var value = field.getValue();
            var before = collected.path(name);
            if (name.equals(TOOL_CALLS)) {
                var calls = collected.withArray(name);
                value.forEach(call -> mergeCall(at(calls, call.path("index").asInt(calls.size())), call));
            } else if (before.isString() && value.isString() && !name.equals("role")) {
                collected.put(name, before.stringValue() + value.stringValue());
            } else if (before.isArray() && value.isArray()) {
                value.forEach(((ArrayNode) before)::add);
            } else if (!value.isNull() || before.isMissingNode()) {
                collected.set(name, value);
            }
        });
    }

    private static void mergeCall(ObjectNode collected, JsonNode call) {
        call.properties().forEach(field -> {
            if (field.getKey().equals("function")) {
                merge(collected.withObject("function"), field.getValue());
            } else if (!field.getKey().equals("index") && !field.getValue().isNull()) {
                collected.set(field.getKey(), field.getValue());
            }
        });
    }

    /** The complete answer of the chunks added. */
    public ObjectNode whole() {
        int index = 0;
        for (var choice : choices) {
            var one = ((ObjectNode) choice).put("index", index++);
            var message = one.withObject("message");
            if (!message.has("role")) {
                message.put("role", "assistant");
            }
            if (!message.has("content")) {
                message.putNull("content");
            }
            if (!one.has(FINISH_REASON)) {
                one.put(FINISH_REASON, "stop");
            }
        }
        whole.put("object", "chat.completion");
        whole.set(CHOICES, choices);
        return whole;
    }
}

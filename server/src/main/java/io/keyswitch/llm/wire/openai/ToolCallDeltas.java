package io.keyswitch.llm.wire.openai;

import io.keyswitch.core.Json;
import io.keyswitch.llm.wire.Node;
import io.keyswitch.llm.wire.ToolJson;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The tool calls in the deltas of a stream, as clients join them: each call has a number of its own, and its ID and name are
 * said once. Providers leave out the number or give 0 to every call (Ollama), and repeat names or send empty ones. Not
 * thread-safe; one per stream.
 */
final class ToolCallDeltas {
    private static final String TOOL_CALLS = "tool_calls";
    private static final String FINISH_REASON = "finish_reason";
    private static final String FUNCTION = "function";
    private static final String INDEX = "index";
    private static final String NAME = "name";
    private static final String ARGUMENTS = "arguments";
    private static final int UNNUMBERED = -1;

    private record Call(String id, String name) {}

    /** The calls of one choice, and the place of the latest call under each number that the provider gave. */
    private record Calls(List<Call> list, Map<Integer, Integer> byNumber) {}

    private final Map<Integer, Calls> choices = new HashMap<>();

    /** Whether any call was made. */
    boolean begun() {
        return !choices.isEmpty();
    }

    /** Adapts a choice of a chunk, in place. */
    void adapt(ObjectNode choice) {
        int number = choice.path(INDEX).asInt(0);
        if (choice.path("delta") instanceof ObjectNode delta
                && delta.path(TOOL_CALLS).isArray()) {
            if (delta.path(TOOL_CALLS).isEmpty()) {
                delta.remove(TOOL_CALLS);
            } else {
                var calls = choices.computeIfAbsent(number, _ -> new Calls(new ArrayList<>(), new HashMap<>()));
                delta.path(TOOL_CALLS).forEach(call -> adapt(call, calls));
            }
        }
        if (choices.containsKey(number)) {
            finish(choice);
        }
    }

    /** Some providers say that an answer with calls has stopped, at which clients would not make the calls. */
    static boolean finish(ObjectNode choice) {
        boolean stopped = choice.path(FINISH_REASON).asString("").equals("stop");
        if (stopped) {
            choice.put(FINISH_REASON, TOOL_CALLS);
        }
        return stopped;
    }

    private static void adapt(JsonNode node, Calls calls) {
        if (!(node instanceof ObjectNode call)) {
            return;
        }
        int known = calls.list().size();
        int place = place(call, calls);
        call.put(INDEX, place);
        var function = call.path(FUNCTION) instanceof ObjectNode object ? object : call.putObject(FUNCTION);
        writeArguments(function);
        if (place == known) {
            begin(call, function, calls);
        } else {
            goOn(call, function, place, calls);
        }
    }

    /** The place of the call that a delta belongs to; that of a new call is the number of calls. */
    private static int place(ObjectNode call, Calls calls) {
        var id = Node.textOrEmpty(call, "id");
        int number = call.path(INDEX).isIntegralNumber() ? call.path(INDEX).intValue() : UNNUMBERED;
        for (int i = 0; i < calls.list().size(); i++) {
            if (!id.isEmpty() && calls.list().get(i).id().equals(id)) {
                return i;
            }
        }
        var latest = calls.byNumber().get(number);
        if (id.isEmpty() && latest != null) {
            return latest;
        }
        calls.byNumber().put(number, calls.list().size());
        return calls.list().size();
    }

    private static void begin(ObjectNode call, ObjectNode function, Calls calls) {
        if (Node.textOrEmpty(call, "id").isEmpty()) {
            call.put("id", ToolJson.newCallId());
        }
        if (!call.has("type")) {
            call.put("type", FUNCTION);
        }
        calls.list().add(new Call(Node.textOrEmpty(call, "id"), Node.textOrEmpty(function, NAME)));
    }

    private static void goOn(ObjectNode call, ObjectNode function, int place, Calls calls) {
        call.remove(List.of("id", "type"));
        var before = calls.list().get(place);
        var name = Node.textOrEmpty(function, NAME);
        if (name.isEmpty() || name.equals(before.name())) {
            function.remove(NAME);
        } else if (before.name().isEmpty()) {
            calls.list().set(place, new Call(before.id(), name));
        }
    }

    /** Writes arguments that are an object as text. Whether they were. */
    static boolean writeArguments(ObjectNode function) {
        var arguments = function.path(ARGUMENTS);
        boolean object = arguments.isObject();
        if (object) {
            function.put(ARGUMENTS, Json.text(arguments));
        }
        return object;
    }
}

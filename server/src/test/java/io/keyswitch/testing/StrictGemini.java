package io.keyswitch.testing;

import io.keyswitch.core.Json;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Gemini's API with a model of the third generation. */
final class StrictGemini extends StrictVendor {
    private static final String SIGNATURE = "Z2VtaW5pLXNpZ25lZA==";
    private static final Set<String> SIGNATURES = Set.of(SIGNATURE, "skip_thought_signature_validator");
    private static final Set<String> OF_REQUEST =
            Set.of("contents", "generationConfig", "systemInstruction", "toolConfig", "tools");

    @Override
    void check(ObjectNode request) {
        refuseOthers(request, OF_REQUEST, "request");
        var previous = "";
        long open = 0;
        for (var content : request.path("contents")) {
            var role = text(content, "role");
            var parts = content.path("parts");
            refuseOthers(content, Set.of("role", "parts"), "contents");
            refuseIf(!Set.of("user", "model").contains(role), "Please use a valid role: user, model.");
            refuseIf(role.equals(previous), "contents: roles must alternate");
            refuseIf(previous.isEmpty() && role.equals("model"), "contents: must begin with user");
            refuseIf(parts.isEmpty(), "contents.parts must not be empty.");
            refuseIf(
                    count(parts, "functionResponse") != open,
                    "Please ensure that the number of function response parts is equal to the number of function call"
                            + " parts of the function call turn.");
            checkCalls(parts);
            open = count(parts, "functionCall");
            previous = role;
        }
        refuseIf(!previous.equals("user"), "Please ensure that the conversation ends with a user turn.");
    }

    private static void checkCalls(JsonNode parts) {
        boolean first = true;
        for (var part : parts) {
            var signature = text(part, "thoughtSignature");
            refuseIf(!signature.isEmpty() && !SIGNATURES.contains(signature), "Corrupted thought signature.");
            if (part.has("functionCall")) {
                refuseIf(
                        first && signature.isEmpty(),
                        "Function call is missing a thought_signature in functionCall parts.");
                refuseIf(!part.path("functionCall").path("args").isObject(), "Invalid value at 'args'");
                first = false;
            }
            if (part.has("functionResponse")) {
                var response = part.path("functionResponse");
                refuseIf(text(response, "name").isEmpty(), "function_response.name: Name cannot be empty.");
                refuseIf(!response.path("response").isObject(), "Invalid value at 'response'");
            }
        }
    }

    private static long count(JsonNode parts, String field) {
        return parts.valueStream().filter(part -> part.has(field)).count();
    }

    @Override
    boolean endsWithResult(ObjectNode request) {
        return count(last(request.path("contents")).path("parts"), "functionResponse") > 0;
    }

    @Override
    ObjectNode calls() {
        var parts = thought();
        parts.addObject().put("text", PREFACE);
        var first = parts.addObject().put("thoughtSignature", SIGNATURE);
        first.putObject("functionCall")
                .put("name", "get_weather")
                .putObject("args")
                .put("city", "Paris");
        parts.addObject().putObject("functionCall").put("name", "get_time").putObject("args");
        return response(parts);
    }

    @Override
    ObjectNode forecast() {
        var parts = thought();
        parts.addObject().put("text", FORECAST).put("thoughtSignature", SIGNATURE);
        return response(parts);
    }

    private static ArrayNode thought() {
        return array(Json.object().put("text", THOUGHT).put("thought", true));
    }

    private static ObjectNode response(ArrayNode parts) {
        var candidate = Json.object().put("finishReason", "STOP");
        candidate.putObject("content").put("role", "model").set("parts", parts);
        var response = Json.object();
        response.putObject("usageMetadata").put("promptTokenCount", 11).put("totalTokenCount", 15);
        return response.set("candidates", array(candidate));
    }
}

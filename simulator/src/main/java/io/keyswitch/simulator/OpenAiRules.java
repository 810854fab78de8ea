package io.keyswitch.simulator;

import io.keyswitch.simulator.Vendor.Quirk;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Validates requests like one OpenAI-compatible provider. */
record OpenAiRules(Vendor vendor) {
    private static final Pattern O_SERIES = Pattern.compile("^o\\d+(-.*)?$");
    private static final Pattern GPT = Pattern.compile("^gpt-(\\d+)(\\.\\d+)?(-.+)?$");
    private static final Set<String> ROLES = Set.of("system", "developer", "user", "assistant", "tool", "function");
    private static final List<String> SAMPLING = List.of(
            "temperature", "top_p", "presence_penalty", "frequency_penalty", "logprobs", "top_logprobs", "logit_bias");
    private static final Set<String> ALLOWED_WITHOUT_REASONING =
            Set.of("temperature", "top_p", "logprobs", "top_logprobs");

    /** The first violation; null if there is none. */
    @Nullable
    Trouble fault(ObjectNode body) {
        var fault = basics(body);
        if (fault == null) {
            fault = options(body);
        }
        if (fault == null && vendor.has(Quirk.REASONING_MODELS_ARE_STRICT)) {
            fault = reasoning(body);
        }
        if (fault == null && vendor.has(Quirk.GROQ_EXTRAS)) {
            fault = groq(body);
        }
        return fault == null ? turns(body) : fault;
    }

    /** The first field to reject as unknown; null if there is none. */
    @Nullable
    String unknownField(ObjectNode body) {
        return vendor.fields().isEmpty()
                ? null
                : body.propertyNames().stream()
                        .filter(name -> !vendor.fields().contains(name))
                        .findFirst()
                        .orElse(null);
    }

    private static @Nullable Trouble basics(ObjectNode body) {
        if (Json.text(body, "model").isEmpty()) {
            return Trouble.parameter("you must provide a model parameter", null, null);
        }
        if (!Json.has(body, "messages")) {
            return Trouble.parameter(
                    "Missing required parameter: 'messages'.", "messages", "missing_required_parameter");
        }
        if (!body.path("messages").isArray() || body.path("messages").isEmpty()) {
            return Trouble.parameter(
                    "Invalid 'messages': empty array. Expected an array with minimum length 1, but got an empty array"
                            + " instead.",
                    "messages",
                    "empty_array");
        }
        return role(body);
    }

    private static @Nullable Trouble role(ObjectNode body) {
        var index = 0;
        for (var message : body.path("messages")) {
            if (!ROLES.contains(Json.text(message, "role"))) {
                return Trouble.parameter(
                        ("Invalid value: '%s'. Supported values are: 'system', 'assistant', 'user', 'function',"
                                        + " 'tool', and 'developer'.")
                                .formatted(Json.text(message, "role")),
                        "messages[" + index + "].role",
                        "invalid_value");
            }
            index++;
        }
        return null;
    }

    private @Nullable Trouble options(ObjectNode body) {
        var streaming = Json.flag(body, "stream");
        if (!streaming && Json.has(body, "stream_options")) {
            return Trouble.parameter(
                    "The 'stream_options' parameter is only allowed when 'stream' is enabled.", "stream_options", null);
        }
        if (streaming && Scenario.of(Json.text(body, "model")) == Scenario.NO_STREAM) {
            return Trouble.parameter(
                    "Unsupported value: 'stream' does not support true with this model. Supported values are: false.",
                    "stream",
                    "unsupported_value");
        }
        if (body.path("temperature").asDouble(0) > vendor.maxTemperature()) {
            return Trouble.parameter(
                    String.format(
                            Locale.ROOT,
                            "Invalid 'temperature': decimal above maximum value. Expected a value <= %s, but got %s"
                                    + " instead.",
                            vendor.maxTemperature(),
                            body.path("temperature")),
                    "temperature",
                    "decimal_above_max_value");
        }
        return null;
    }

    private static @Nullable Trouble reasoning(ObjectNode body) {
        var model = Json.text(body, "model");
        if (!reasons(model)) {
            return null;
        }
        if (Json.has(body, "max_tokens")) {
            return Trouble.parameter(
                    "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens'"
                            + " instead.",
                    "max_tokens",
                    "unsupported_parameter");
        }
        var relaxed = model.matches("gpt-\\d+\\.\\d+.*")
                && Json.text(body, "reasoning_effort").equals("none");
        for (var field : SAMPLING) {
            var isDefault = field.equals("temperature") && body.path(field).asDouble(0) == 1;
            if (Json.has(body, field) && !isDefault && !(relaxed && ALLOWED_WITHOUT_REASONING.contains(field))) {
                return Trouble.parameter(
                        "Unsupported parameter: '" + field + "' is not supported with this model.", field, null);
            }
        }
        return null;
    }

    /** Whether a model is of the o-series, or GPT-5 or later except {@code -chat}. */
    static boolean reasons(String model) {
        if (O_SERIES.matcher(model).matches()) {
            return true;
        }
        var gpt = GPT.matcher(model);
        return gpt.matches()
                && Integer.parseInt(gpt.group(1)) >= 5
                && !(gpt.group(2) == null
                        && gpt.group(3) != null
                        && gpt.group(3).startsWith("-chat"));
    }

    private static @Nullable Trouble groq(ObjectNode body) {
        for (var field : List.of("logprobs", "top_logprobs", "logit_bias")) {
            if (Json.has(body, field)) {
                return Trouble.parameter("property '" + field + "' is unsupported", null, null);
            }
        }
        if (Json.number(body, "n", 1) != 1) {
            return Trouble.parameter("'n' : number must be at most 1", null, null);
        }
        for (var message : body.path("messages")) {
            if (Json.has(message, "name")) {
                return Trouble.parameter("property 'name' is unsupported", null, null);
            }
        }
        return null;
    }

    private @Nullable Trouble turns(ObjectNode body) {
        var previous = "";
        var index = 0;
        for (var message : body.path("messages")) {
            if (vendor.has(Quirk.TEXT_ONLY) && message.path("content").isArray()) {
                return Trouble.parameter(
                        "AiError: Bad input: Error: Type mismatch of '/messages/" + index
                                + "/content', 'array' not in 'string'",
                        null,
                        null);
            }
            var role = Json.text(message, "role");
            if (vendor.has(Quirk.STRICT_TURNS) && role.equals(previous)) {
                return alternation();
            }
            previous = role;
            index++;
        }
        return vendor.has(Quirk.STRICT_TURNS) && !previous.equals("user") ? alternation() : null;
    }

    private static Trouble alternation() {
        return Trouble.of(
                400,
                "After the (optional) system message(s), user or tool message(s) should alternate with assistant"
                        + " message(s).",
                "invalid_message",
                null);
    }
}

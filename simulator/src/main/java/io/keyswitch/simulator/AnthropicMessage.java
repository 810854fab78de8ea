package io.keyswitch.simulator;

import io.keyswitch.simulator.Answer.Finish;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** An answer as one Anthropic {@code message}. */
record AnthropicMessage(String model, Answer answer) {
    static final String SIGNATURE =
            "Er4BCkYICxgCKkCoxqLHLrx4mFL9Ox7aHKht87WDzXfvZ7qbZKSnHV8imA5b3LXxuVqcXQ9z5sXwDx20JIW";

    Reply reply() {
        if (answer.finish() == Finish.ERROR) {
            return AnthropicErrors.refuse(Problem.SERVER_ERROR, "");
        }
        var body = message(content(), answer.tokens());
        body.setAll(ending());
        return Reply.answer(AnthropicErrors.headers(), body, answer.script());
    }

    /** A message without a stop reason. */
    ObjectNode message(ArrayNode content, int outputTokens) {
        var usage = usage(outputTokens);
        usage.putObject("cache_creation").put("ephemeral_5m_input_tokens", 0).put("ephemeral_1h_input_tokens", 0);
        usage.put("service_tier", "standard").put("inference_geo", "not_available");
        return Json.object()
                .put("model", model)
                .put("id", "msg_01" + Ids.letters(22))
                .put("type", "message")
                .put("role", "assistant")
                .set("content", content)
                .putNull("stop_reason")
                .putNull("stop_sequence")
                .putNull("stop_details")
                .set("usage", usage);
    }

    /** The stop reason. */
    ObjectNode ending() {
        var ending = Json.object().put("stop_reason", stopReason()).putNull("stop_sequence");
        if (answer.finish() == Finish.BLOCKED) {
            ending.putObject("stop_details")
                    .put("type", "refusal")
                    .put("category", "general_harms")
                    .put("explanation", "This request was refused due to policy.");
        } else {
            ending.putNull("stop_details");
        }
        return ending;
    }

    ObjectNode usage(int outputTokens) {
        return Json.object()
                .put("input_tokens", answer.promptTokens())
                .put("cache_creation_input_tokens", 0)
                .put("cache_read_input_tokens", 0)
                .put("output_tokens", outputTokens);
    }

    private String stopReason() {
        return switch (answer.finish()) {
            case LENGTH -> "max_tokens";
            case BLOCKED -> "refusal";
            case STOP, CUT, ERROR -> "end_turn";
        };
    }

    private ArrayNode content() {
        var content = Json.array();
        if (!answer.thinking().isEmpty()) {
            content.addObject()
                    .put("type", "thinking")
                    .put("thinking", answer.thought())
                    .put("signature", SIGNATURE);
        }
        if (!answer.words().isEmpty()) {
            content.addObject().put("type", "text").put("text", answer.text());
        }
        return content;
    }
}

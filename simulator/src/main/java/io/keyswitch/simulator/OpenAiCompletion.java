package io.keyswitch.simulator;

import io.keyswitch.simulator.Answer.Finish;
import io.keyswitch.simulator.Vendor.Quirk;
import io.keyswitch.simulator.Vendor.Reasoning;
import tools.jackson.databind.node.ObjectNode;

/** An answer as one {@code chat.completion} object. */
record OpenAiCompletion(Vendor vendor, Prompt prompt, Answer answer) {
    Reply reply() {
        if (answer.finish() == Finish.ERROR) {
            return new OpenAiErrors(vendor).refuse(Problem.SERVER_ERROR, prompt.key(), prompt.model(), "");
        }
        var choice = Json.object().put("index", 0).set("message", message());
        if (!vendor.has(Quirk.NO_LOGPROBS) && !vendor.has(Quirk.MISTRAL_EXTRAS)) {
            choice.putNull("logprobs");
        }
        choice.put("finish_reason", finishReason(answer.finish()));
        var body = Json.object()
                .put("id", OpenAiIds.completion(vendor))
                .put("object", "chat.completion")
                .put("created", Ids.seconds())
                .put("model", prompt.model())
                .set("choices", Json.array(choice))
                .set("usage", new OpenAiUsage(vendor, answer).json());
        OpenAiIds.sign(vendor, body);
        if (vendor.has(Quirk.GROQ_EXTRAS)) {
            body.put("service_tier", "on_demand")
                    .putNull("usage_breakdown")
                    .set("x_groq", OpenAiIds.groq().put("seed", 167346302));
        }
        return Reply.answer(OpenAiErrors.headers(), body, answer.script());
    }

    /** The {@code finish_reason} of an answer. */
    static String finishReason(Finish finish) {
        return switch (finish) {
            case LENGTH -> "length";
            case BLOCKED -> "content_filter";
            case STOP, CUT, ERROR -> "stop";
        };
    }

    private ObjectNode message() {
        var message = Json.object().put("role", "assistant");
        if (vendor.reasoning() == Reasoning.CONTENT_PARTS && !answer.thinking().isEmpty()) {
            message.set(
                    "content",
                    Json.array(
                            thinkingPart(answer.thought()),
                            Json.object().put("type", "text").put("text", answer.text())));
        } else {
            message.put("content", answer.text());
        }
        if (!answer.thinking().isEmpty()) {
            putReasoning(message);
        }
        if (vendor.has(Quirk.OPENAI_EXTRAS)) {
            message.putNull("refusal").putArray("annotations");
        }
        if (vendor.has(Quirk.XAI_EXTRAS)) {
            message.putNull("refusal");
        }
        if (vendor.has(Quirk.MISTRAL_EXTRAS)) {
            message.putNull("tool_calls");
        }
        return message;
    }

    private void putReasoning(ObjectNode message) {
        switch (vendor.reasoning()) {
            case REASONING -> message.put("reasoning", answer.thought());
            case REASONING_CONTENT -> message.put("reasoning_content", answer.thought());
            case HIDDEN, CONTENT_PARTS -> {}
        }
    }

    /** Mistral's content part for reasoning. */
    static ObjectNode thinkingPart(String text) {
        return Json.object()
                .put("type", "thinking")
                .set("thinking", Json.array(Json.object().put("type", "text").put("text", text)));
    }
}

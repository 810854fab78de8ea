package io.keyswitch.llm.wire.openai;

import io.keyswitch.core.Json;
import io.keyswitch.core.Reason;
import io.keyswitch.llm.ChatEvent;
import io.keyswitch.llm.FinishReason;
import io.keyswitch.llm.LlmException;
import io.keyswitch.llm.LlmFailure;
import io.keyswitch.llm.Usage;
import io.keyswitch.llm.sse.SseEvent;
import io.keyswitch.llm.wire.AnswerDecoder;
import io.keyswitch.llm.wire.EventList;
import io.keyswitch.llm.wire.Node;
import io.keyswitch.llm.wire.ProviderErrors;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Decodes {@code chat.completion} objects and their chunks. */
final class OpenAiDecoder implements AnswerDecoder {
    private static final String DONE = "[DONE]";
    private static final String WHOLE = "message";

    private final InlineReasoning inline = new InlineReasoning();
    private boolean finished;
    private boolean complete;

    @Override
    public List<ChatEvent> event(SseEvent event) {
        if (event.data().strip().equals(DONE)) {
            finished = true;
            complete = true;
            var rest = new EventList();
            inline.end(rest);
            return rest.toList();
        }
        if (event.data().isBlank()) {
            return List.of();
        }
        var chunk = Json.readFromProvider(event.data());
        if (chunk == null) {
            throw new LlmException(LlmFailure.of(Reason.BROKEN_ANSWER));
        }
        return read(chunk, "delta");
    }

    @Override
    public List<ChatEvent> whole(JsonNode body) {
        // Workers AI's native API wraps the response in "result"; its OpenAI-compatible API does not (2026-07).
        var answer = body.path("result").isObject() ? body.path("result") : body;
        var events = read(answer, WHOLE);
        finished = finished || !answer.path("choices").isEmpty() || answer.has("response");
        return events;
    }

    @Override
    public boolean finished() {
        return finished;
    }

    @Override
    public boolean complete() {
        return complete;
    }

    private List<ChatEvent> read(JsonNode answer, String messageField) {
        if (ProviderErrors.isError(answer)) {
            throw new LlmException(ProviderErrors.inAnswer(answer));
        }
        var earlyStop = answer.path("x_groq").path("error");
        if (earlyStop.isString()) {
            throw new LlmException(LlmFailure.of(Reason.BROKEN_ANSWER));
        }
        var events = new EventList();
        var choice = answer.path("choices").path(0);
        readMessage(choice.path(messageField), events);
        inline.add(Node.content(answer.path("response")), events);
        if (messageField.equals(WHOLE)) {
            inline.end(events);
        }
        readUsage(answer, events);
        readFinish(Node.text(choice, "finish_reason"), events);
        return events.toList();
    }

    private void readMessage(JsonNode message, EventList events) {
        // Some providers send the same reasoning in both.
        var reasoning = Node.textOrEmpty(message, "reasoning_content");
        events.reasoning(reasoning.isEmpty() ? Node.textOrEmpty(message, "reasoning") : reasoning);
        var content = message.path("content");
        if (!content.isArray()) {
            inline.add(Node.content(content), events);
        }
        for (var part : content.isArray() ? content : Json.array()) {
            inline.add(part.isObject() ? Node.textOrEmpty(part, "text") : Node.content(part), events);
            for (var thought : part.path("thinking")) {
                events.reasoning(Node.textOrEmpty(thought, "text"));
            }
        }
        events.text(Node.textOrEmpty(message, "refusal"));
    }

    private static void readUsage(JsonNode answer, EventList events) {
        var reported = answer.path("usage").isObject()
                ? answer.path("usage")
                : answer.path("x_groq").path("usage");
        var usage = new Usage(
                Node.count(reported, "prompt_tokens"),
                Node.count(reported, "completion_tokens"),
                Node.count(reported.path("prompt_tokens_details"), "cached_tokens"),
                Node.count(reported.path("completion_tokens_details"), "reasoning_tokens"));
        // Workers AI ends with a second, all-zero usage (recorded 2026-05), which EventList skips.
        events.used(usage);
    }

    private void readFinish(@Nullable String reason, EventList events) {
        // Some providers send an empty reason with every chunk.
        if (reason == null || reason.isEmpty() || finished) {
            return;
        }
        if (reason.equals("error")) {
            throw new LlmException(LlmFailure.of(Reason.BROKEN_ANSWER));
        }
        finished = true;
        inline.end(events);
        events.finished(
                switch (reason) {
                    case "length" -> FinishReason.LENGTH;
                    case "tool_calls", "function_call" -> FinishReason.TOOL_CALLS;
                    case "content_filter" -> FinishReason.CONTENT_FILTER;
                    default -> FinishReason.STOP;
                });
    }
}

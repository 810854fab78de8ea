package io.keyswitch.llm.wire.anthropic;

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

/** Decodes {@code message} objects and their stream events. Unknown events, blocks and deltas are skipped. */
final class AnthropicDecoder implements AnswerDecoder {
    private Usage usage = new Usage(0, 0, 0, 0);
    private boolean finished;
    private boolean complete;
    private int calls;
    private boolean inCall;
    private boolean withArguments;
    private final AnthropicThinking thinking = new AnthropicThinking();

    @Override
    public List<ChatEvent> event(SseEvent event) {
        if (event.data().isBlank()) {
            return List.of();
        }
        var data = Json.readFromProvider(event.data());
        if (data == null) {
            throw new LlmException(LlmFailure.of(Reason.BROKEN_ANSWER));
        }
        var events = new EventList();
        switch (Node.textOrEmpty(data, "type")) {
            case "message_start" -> readUsage(data.path("message").path("usage"), events);
            case "content_block_start" -> readBlock(data.path("content_block"), events);
            case "content_block_delta" -> readDelta(data.path("delta"), events);
            case "content_block_stop" -> {
                thinking.end();
                endCall(events);
            }
            case "message_delta" -> {
                readUsage(data.path("usage"), events);
                readStop(Node.text(data.path("delta"), "stop_reason"), events);
            }
            case "message_stop" -> complete = true;
            case "error" -> throw new LlmException(ProviderErrors.inAnswer(data));
            default -> {}
        }
        return events.toList();
    }

    @Override
    public List<ChatEvent> whole(JsonNode body) {
        if (ProviderErrors.isError(body)) {
            throw new LlmException(ProviderErrors.inAnswer(body));
        }
        var events = new EventList();
        for (var block : body.path("content")) {
            readBlock(block, events);
            thinking.end();
            endCall(events);
        }
        readUsage(body.path("usage"), events);
        readStop(Node.text(body, "stop_reason"), events);
        finished = body.has("stop_reason");
        return events.toList();
    }

    @Override
    public boolean finished() {
        return finished || complete;
    }

    @Override
    public boolean complete() {
        return complete;
    }

    private void readBlock(JsonNode block, EventList events) {
        thinking.begin(block);
        switch (Node.textOrEmpty(block, "type")) {
            case "text" -> events.text(Node.textOrEmpty(block, "text"));
            case "thinking" -> events.reasoning(Node.textOrEmpty(block, "thinking"));
            case "tool_use" -> readCall(block, events);
            default -> {}
        }
    }

    /** In a stream, the input is empty here and follows in {@code input_json_delta} events. */
    private void readCall(JsonNode block, EventList events) {
        endCall(events);
        inCall = true;
        withArguments = false;
        calls++;
        events.toolCall(calls - 1, Node.textOrEmpty(block, "id"), Node.textOrEmpty(block, "name"), thinking.take());
        var input = block.path("input");
        if (input.isObject() && !input.isEmpty()) {
            addArguments(input.toString(), events);
        }
    }

    private void addArguments(String json, EventList events) {
        if (inCall && !json.isEmpty()) {
            withArguments = true;
            events.toolArguments(calls - 1, json);
        }
    }

    /** A call without input gets an empty object as its arguments. */
    private void endCall(EventList events) {
        if (inCall && !withArguments) {
            addArguments("{}", events);
        }
        inCall = false;
    }

    private void readDelta(JsonNode delta, EventList events) {
        thinking.add(delta);
        switch (Node.textOrEmpty(delta, "type")) {
            case "text_delta" -> events.text(Node.textOrEmpty(delta, "text"));
            case "input_json_delta" -> addArguments(Node.textOrEmpty(delta, "partial_json"), events);
            case "thinking_delta" -> events.reasoning(Node.textOrEmpty(delta, "thinking"));
            default -> {}
        }
    }

    /** Counts are cumulative, and later reports may omit earlier ones. */
    private void readUsage(JsonNode reported, EventList events) {
        long cached = Node.count(reported, "cache_read_input_tokens");
        long input =
                Node.count(reported, "input_tokens") + cached + Node.count(reported, "cache_creation_input_tokens");
        var next = new Usage(
                Math.max(usage.inputTokens(), input),
                Math.max(usage.outputTokens(), Node.count(reported, "output_tokens")),
                Math.max(usage.cachedTokens(), cached),
                Math.max(
                        usage.reasoningTokens(),
                        Node.count(reported.path("output_tokens_details"), "thinking_tokens")));
        if (!next.equals(usage)) {
            usage = next;
            events.used(usage);
        }
    }

    private static void readStop(@Nullable String reason, EventList events) {
        if (reason != null) {
            events.finished(
                    switch (reason) {
                        case "max_tokens", "model_context_window_exceeded" -> FinishReason.LENGTH;
                        case "tool_use" -> FinishReason.TOOL_CALLS;
                        case "refusal" -> FinishReason.CONTENT_FILTER;
                        default -> FinishReason.STOP;
                    });
        }
    }
}

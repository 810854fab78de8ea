package io.keyswitch.llm.wire.gemini;

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
import io.keyswitch.llm.wire.ToolJson;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Decodes {@code GenerateContentResponse} objects, which are proto JSON: any field may be absent. */
final class GeminiDecoder implements AnswerDecoder {
    private static final Set<String> BLOCKED = Set.of(
            "SAFETY",
            "RECITATION",
            "LANGUAGE",
            "BLOCKLIST",
            "PROHIBITED_CONTENT",
            "SPII",
            "IMAGE_SAFETY",
            "IMAGE_PROHIBITED_CONTENT",
            "IMAGE_RECITATION");

    private boolean finished;
    private boolean said;
    private int calls;

    @Override
    public List<ChatEvent> event(SseEvent event) {
        if (event.data().isBlank()) {
            return List.of();
        }
        var response = Json.readFromProvider(event.data());
        if (response == null) {
            throw new LlmException(LlmFailure.of(Reason.BROKEN_ANSWER));
        }
        return whole(response);
    }

    @Override
    public List<ChatEvent> whole(JsonNode response) {
        if (ProviderErrors.isError(response)) {
            throw new LlmException(ProviderErrors.inAnswer(response));
        }
        if (response.path("promptFeedback").has("blockReason")) {
            throw new LlmException(LlmFailure.of(Reason.BLOCKED));
        }
        var events = new EventList();
        var candidate = response.path("candidates").path(0);
        for (var part : candidate.path("content").path("parts")) {
            readPart(part, events);
        }
        readUsage(response.path("usageMetadata"), events);
        readFinish(Node.text(candidate, "finishReason"), events);
        return events.toList();
    }

    @Override
    public boolean finished() {
        return finished;
    }

    /** The wire format has no end marker. */
    @Override
    public boolean complete() {
        return false;
    }

    private void readPart(JsonNode part, EventList events) {
        if (part.path("functionCall").isObject()) {
            readCall(part, events);
            return;
        }
        if (part.path("inlineData").isObject()) {
            readImage(part.path("inlineData"), events);
            return;
        }
        var text = Node.textOrEmpty(part, "text");
        if (part.path("thought").asBoolean(false)) {
            events.reasoning(text);
        } else {
            said = said || !text.isEmpty();
            events.text(text);
        }
    }

    private void readImage(JsonNode data, EventList events) {
        var base64 = Node.textOrEmpty(data, "data");
        if (!base64.isEmpty()) {
            said = true;
            events.image(Node.textOrEmpty(data, "mimeType"), base64);
        }
    }

    /** Calls arrive complete, mostly without an ID, which is then generated. */
    private void readCall(JsonNode part, EventList events) {
        var call = part.path("functionCall");
        var name = Node.textOrEmpty(call, "name");
        if (name.isEmpty()) {
            return;
        }
        var given = Node.textOrEmpty(call, "id");
        var id = given.isEmpty() ? ToolJson.newCallId() : given;
        int index = calls++;
        events.toolCall(index, id, FunctionName.decoded(name), Node.text(part, "thoughtSignature"));
        var arguments = call.path("args");
        events.toolArguments(index, arguments.isObject() ? arguments.toString() : "{}");
    }

    private static void readUsage(JsonNode reported, EventList events) {
        long thoughts = Node.count(reported, "thoughtsTokenCount");
        var usage = new Usage(
                Node.count(reported, "promptTokenCount"),
                Node.count(reported, "candidatesTokenCount") + thoughts,
                Node.count(reported, "cachedContentTokenCount"),
                thoughts);
        events.used(usage);
    }

    private void readFinish(@Nullable String reason, EventList events) {
        if (reason == null) {
            return;
        }
        // Some models give a reason with every event; the last one counts.
        finished = true;
        events.finished(finish(reason));
    }

    /** A model that fails, for example with a malformed call of a tool, gives a reason in place of content. */
    private FinishReason finish(String reason) {
        if (reason.equals("MAX_TOKENS")) {
            return FinishReason.LENGTH;
        }
        if (BLOCKED.contains(reason)) {
            return FinishReason.CONTENT_FILTER;
        }
        if (calls > 0) {
            return FinishReason.TOOL_CALLS;
        }
        if (reason.contains("FUNCTION_CALL") || reason.contains("TOOL_CALL")) {
            throw new LlmException(LlmFailure.toolCall(null));
        }
        if (!said) {
            throw new LlmException(LlmFailure.of(Reason.EMPTY_ANSWER));
        }
        return FinishReason.STOP;
    }
}

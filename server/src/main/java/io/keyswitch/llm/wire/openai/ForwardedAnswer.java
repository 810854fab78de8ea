package io.keyswitch.llm.wire.openai;

import io.keyswitch.core.Json;
import io.keyswitch.llm.wire.Node;
import io.keyswitch.llm.wire.ToolJson;
import io.keyswitch.provider.Quirk;
import io.keyswitch.provider.Quirks;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Adapts a forwarded response for a client of the same wire format: unchanged except for the provider's quirks and for what
 * clients of OpenAI cannot read. Not thread-safe; one per response.
 */
public final class ForwardedAnswer {
    private static final String DATA = "data:";
    private static final String TOOL_CALLS = "tool_calls";
    private static final Pattern FRAME_END = Pattern.compile("(?<=\n\n|\r\n\r\n|\r\r)");
    private static final Pattern FIELD = Pattern.compile("(?m)^(?:event|id|retry):");

    private final Quirks quirks;
    private final ToolCallDeltas calls = new ToolCallDeltas();

    public ForwardedAnswer(Quirks quirks) {
        this.quirks = quirks;
    }

    /**
     * Adapts complete frames; returns the same array if nothing has to be adapted.
     *
     * @param seen has scanned these frames last
     */
    public byte[] frames(byte[] frames, OpenAiFrames seen) {
        boolean fields = seen.mentions("event:") || seen.mentions("retry:") || seen.mentions("id:");
        boolean chunks = mayNeedEdit(seen);
        if (!fields && !chunks) {
            return frames;
        }
        var text = new String(frames, StandardCharsets.UTF_8);
        var kept = fields ? withoutBareFields(text) : text;
        var edited = chunks ? edited(kept) : kept;
        return edited.equals(text) ? frames : edited.getBytes(StandardCharsets.UTF_8);
    }

    private boolean mayNeedEdit(OpenAiFrames seen) {
        return seen.otherThanText()
                || seen.mentions("\"tool_calls\"")
                || (calls.begun() && seen.mentions("\"finish_reason\""))
                || (quirks.has(Quirk.DROP_ZERO_USAGE) && seen.mentions("\"usage\""))
                || (quirks.has(Quirk.REASONING_ELSEWHERE)
                        && (seen.mentions("\"reasoning\"") || seen.mentions("\"thinking\"")));
    }

    /** Drops events without a data line, which official clients read as an empty JSON document, and fail. */
    private static String withoutBareFields(String text) {
        return Arrays.stream(FRAME_END.split(text))
                .filter(frame -> frame.startsWith(DATA)
                        || frame.contains("\n" + DATA)
                        || !FIELD.matcher(frame).find())
                .collect(Collectors.joining());
    }

    private String edited(String text) {
        return Arrays.stream(text.split("(?<=\n)", -1)).map(this::line).collect(Collectors.joining());
    }

    private String line(String line) {
        if (line.startsWith(DATA) && Json.readFromProvider(line.substring(DATA.length())) instanceof ObjectNode chunk) {
            var before = chunk.deepCopy();
            editChunk(chunk);
            return chunk.equals(before) ? line : DATA + " " + Json.text(chunk) + "\n";
        }
        return line;
    }

    private void editChunk(ObjectNode chunk) {
        edit(chunk);
        for (var choice : chunk.path("choices")) {
            if (choice instanceof ObjectNode object) {
                calls.adapt(object);
            }
        }
    }

    /** Adapts a complete response, in place; whether it was changed. */
    public boolean whole(ObjectNode answer) {
        boolean edited = edit(answer);
        for (var choice : answer.path("choices")) {
            if (choice instanceof ObjectNode object && object.path("message") instanceof ObjectNode message) {
                edited |= completeCalls(object, message);
            }
        }
        return edited;
    }

    private static boolean completeCalls(ObjectNode choice, ObjectNode message) {
        if (!message.path(TOOL_CALLS).isArray()) {
            return false;
        }
        if (message.path(TOOL_CALLS).isEmpty()) {
            message.remove(TOOL_CALLS);
            return true;
        }
        boolean edited = ToolCallDeltas.finish(choice);
        for (var call : message.path(TOOL_CALLS)) {
            if (call instanceof ObjectNode object) {
                edited |= completeCall(object);
            }
        }
        return edited;
    }

    private static boolean completeCall(ObjectNode call) {
        boolean edited =
                call.path("function") instanceof ObjectNode function && ToolCallDeltas.writeArguments(function);
        if (Node.textOrEmpty(call, "id").isEmpty()) {
            call.put("id", ToolJson.newCallId());
            return true;
        }
        return edited;
    }

    private boolean edit(ObjectNode answer) {
        boolean edited = false;
        if (quirks.has(Quirk.DROP_ZERO_USAGE) && answer.path("usage").isObject() && isZero(answer.path("usage"))) {
            answer.remove("usage");
            edited = true;
        }
        for (var choice : answer.path("choices")) {
            if (choice.path(choice.has("delta") ? "delta" : "message") instanceof ObjectNode message) {
                edited |= giveText(message);
                edited |= quirks.has(Quirk.REASONING_ELSEWHERE) && giveReasoning(message);
            }
        }
        return edited;
    }

    /** Workers AI sends digits as numbers (2026-05), and JSON as an object. */
    private static boolean giveText(ObjectNode message) {
        var content = message.path("content");
        boolean other = !content.isMissingNode() && !content.isNull() && !content.isString() && !content.isArray();
        if (other) {
            message.put("content", Node.content(content));
        }
        return other;
    }

    /** Workers AI sends an all-zero usage after the real one (recorded 2026-05). */
    private static boolean isZero(JsonNode usage) {
        return Node.count(usage, "prompt_tokens") == 0
                && Node.count(usage, "completion_tokens") == 0
                && Node.count(usage, "total_tokens") == 0;
    }

    /**
     * Copies reasoning to {@code reasoning_content}. Groq and OpenRouter send it as {@code reasoning}, Mistral as
     * {@code thinking} parts of the content, which becomes a string.
     */
    private static boolean giveReasoning(ObjectNode object) {
        var text = new StringBuilder();
        var reasoning = new StringBuilder(Node.textOrEmpty(object, "reasoning"));
        boolean parts = object.path("content").isArray();
        for (var part : object.path("content")) {
            text.append(Node.textOrEmpty(part, "text"));
            part.path("thinking").forEach(thought -> reasoning.append(Node.textOrEmpty(thought, "text")));
        }
        if (parts) {
            object.put("content", text.toString());
        }
        boolean gives = !reasoning.isEmpty() && !object.has("reasoning_content");
        if (gives) {
            object.put("reasoning_content", reasoning.toString());
        }
        return parts || gives;
    }
}

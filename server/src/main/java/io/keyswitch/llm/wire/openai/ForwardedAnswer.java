package io.keyswitch.llm.wire.openai;

import io.keyswitch.core.Json;
import io.keyswitch.llm.wire.Node;
import io.keyswitch.provider.Quirk;
import io.keyswitch.provider.Quirks;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Adapts a forwarded response for a client of the same wire format: unchanged except for the provider's quirks. */
public final class ForwardedAnswer {
    private static final String DATA = "data:";

    private ForwardedAnswer() {}

    /** Adapts complete frames; returns the same array if no quirk applies. */
    public static byte[] frames(byte[] frames, Quirks quirks) {
        if (!quirks.has(Quirk.DROP_ZERO_USAGE) && !quirks.has(Quirk.REASONING_ELSEWHERE)) {
            return frames;
        }
        var text = new String(frames, StandardCharsets.UTF_8);
        if (!text.contains("\"usage\"") && !text.contains("\"reasoning\"") && !text.contains("\"thinking\"")) {
            return frames;
        }
        var lines = text.split("(?<=\n)", -1);
        var edited = Arrays.stream(lines).map(line -> line(line, quirks)).collect(Collectors.joining());
        return edited.equals(text) ? frames : edited.getBytes(StandardCharsets.UTF_8);
    }

    private static String line(String line, Quirks quirks) {
        return line.startsWith(DATA)
                        && Json.readFromProvider(line.substring(DATA.length())) instanceof ObjectNode chunk
                        && edit(chunk, quirks)
                ? DATA + " " + Json.text(chunk) + "\n"
                : line;
    }

    /**
     * Adapts a complete response; returns the same array if no quirk applies.
     *
     * @param parsed the parsed body; may be modified
     */
    public static byte[] whole(byte[] body, JsonNode parsed, Quirks quirks) {
        return parsed instanceof ObjectNode answer && edit(answer, quirks) ? Json.bytes(answer) : body;
    }

    private static boolean edit(ObjectNode answer, Quirks quirks) {
        boolean edited = false;
        if (quirks.has(Quirk.DROP_ZERO_USAGE) && answer.path("usage").isObject() && isZero(answer.path("usage"))) {
            answer.remove("usage");
            edited = true;
        }
        if (quirks.has(Quirk.REASONING_ELSEWHERE)) {
            for (var choice : answer.path("choices")) {
                edited |= giveReasoning(choice.path(choice.has("delta") ? "delta" : "message"));
            }
        }
        return edited;
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
    private static boolean giveReasoning(JsonNode message) {
        if (!(message instanceof ObjectNode object)) {
            return false;
        }
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

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

    /**
     * Adapts complete frames; returns the same array if no quirk applies.
     *
     * @param otherThanText whether they hold a content that is not text
     */
    public static byte[] frames(byte[] frames, boolean otherThanText, Quirks quirks) {
        boolean quirk = quirks.has(Quirk.DROP_ZERO_USAGE) || quirks.has(Quirk.REASONING_ELSEWHERE);
        if (!otherThanText && !quirk) {
            return frames;
        }
        var text = new String(frames, StandardCharsets.UTF_8);
        boolean relevant =
                text.contains("\"usage\"") || text.contains("\"reasoning\"") || text.contains("\"thinking\"");
        if (!otherThanText && !relevant) {
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

    /** Adapts a complete response, in place; whether it was changed. */
    public static boolean whole(ObjectNode answer, Quirks quirks) {
        return edit(answer, quirks);
    }

    private static boolean edit(ObjectNode answer, Quirks quirks) {
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

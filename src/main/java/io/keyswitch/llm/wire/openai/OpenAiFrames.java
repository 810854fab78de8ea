package io.keyswitch.llm.wire.openai;

import io.keyswitch.json.Json;
import io.keyswitch.llm.LlmException;
import io.keyswitch.llm.LlmFailure;
import io.keyswitch.llm.wire.ProviderErrors;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Watches a stream of chunks that goes by: whether it ends properly, and whether an error is in it. Chunks are parsed only
 * where a word in them gives cause. Not thread-safe.
 */
public final class OpenAiFrames {
    private static final Pattern FINISH = Pattern.compile("\"finish_reason\"\\s*:\\s*\"");
    private static final String DONE = "[DONE]";

    private boolean finished;
    private boolean marked;

    /**
     * Looks at complete frames.
     *
     * @throws LlmException if they report an error
     */
    public void look(byte[] frames) {
        // One character a byte is enough to find words of ASCII, and costs no decoding.
        var text = new String(frames, StandardCharsets.ISO_8859_1);
        if (text.contains("\"error\"") || text.contains("\"detail\"")) {
            failOnError(new String(frames, StandardCharsets.UTF_8));
        }
        finished = finished || FINISH.matcher(text).find();
        marked = marked
                || text.lines()
                        .anyMatch(line -> line.startsWith("data:")
                                && line.substring(5).strip().equals(DONE));
    }

    private static void failOnError(String frames) {
        for (var line : frames.lines().toList()) {
            var json = Json.readFromProvider(line.startsWith("data:") ? line.substring("data:".length()) : line);
            if (json == null) {
                continue;
            }
            if (ProviderErrors.isError(json)) {
                throw new LlmException(ProviderErrors.inAnswer(json));
            }
            boolean stopped = json.path("x_groq").path("error").isString()
                    || "error"
                            .equals(json.path("choices")
                                    .path(0)
                                    .path("finish_reason")
                                    .asString(""));
            if (stopped) {
                throw new LlmException(new LlmFailure.BrokenAnswer());
            }
        }
    }

    /** Whether the last lines of a stream are a frame but for its blank line, and not one that was cut off. */
    public static boolean isWhole(String rest) {
        var last = rest.lines().reduce("", (_, line) -> line);
        var data = last.startsWith("data:") ? last.substring("data:".length()).strip() : "";
        return data.equals(DONE) || (!data.isEmpty() && Json.readFromProvider(data) != null);
    }

    /** Whether the stream has come to an end its wire format knows. */
    public boolean finished() {
        return finished || marked;
    }

    /** Whether the end was marked with {@code [DONE]}. */
    public boolean marked() {
        return marked;
    }
}

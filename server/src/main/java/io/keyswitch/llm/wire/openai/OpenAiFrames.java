package io.keyswitch.llm.wire.openai;

import io.keyswitch.core.Json;
import io.keyswitch.core.Reason;
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
    private int beforeError;

    /**
     * Looks at complete frames.
     *
     * @throws LlmException if they report an error
     */
    public void look(byte[] frames) {
        // One character a byte is enough to find words of ASCII, and costs no decoding.
        var text = new String(frames, StandardCharsets.ISO_8859_1);
        if (text.contains("\"error\"") || text.contains("\"errors\"") || text.contains("\"detail\"")) {
            failOnError(text, frames);
        }
        finished = finished || FINISH.matcher(text).find();
        marked = marked
                || text.lines()
                        .anyMatch(line -> line.startsWith("data:")
                                && line.substring(5).strip().equals(DONE));
    }

    /** @param text the frames, one character a byte */
    private void failOnError(String text, byte[] frames) {
        int frame = 0;
        var data = new StringBuilder();
        for (int from = 0; from < text.length(); ) {
            int end = endOfLine(text, from);
            var line = new String(frames, from, end - from, StandardCharsets.UTF_8).strip();
            if (line.isEmpty()) {
                failOnError(data.toString());
                data.setLength(0);
                frame = end;
            } else {
                beforeError = frame;
                failOnError(line);
                // One event's data may stand on several lines.
                data.append(line, line.startsWith("data:") ? "data:".length() : line.length(), line.length());
            }
            from = end;
        }
        failOnError(data.toString());
    }

    /** Where the next line begins; a line ends with a feed, a return, or both. */
    private static int endOfLine(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) == '\n') {
                return i + 1;
            }
            if (text.charAt(i) == '\r') {
                return i + 1 < text.length() && text.charAt(i + 1) == '\n' ? i + 2 : i + 1;
            }
        }
        return text.length();
    }

    private static void failOnError(String line) {
        var json = Json.readFromProvider(line.startsWith("data:") ? line.substring("data:".length()) : line);
        if (json == null) {
            return;
        }
        if (ProviderErrors.isError(json)) {
            throw new LlmException(ProviderErrors.inAnswer(json));
        }
        var finish = json.path("choices").path(0).path("finish_reason").asString("");
        if (json.path("x_groq").path("error").isString() || finish.equals("error")) {
            throw new LlmException(LlmFailure.of(Reason.BROKEN_ANSWER));
        }
    }

    /** How many bytes of the frames looked at last stand before the one that reports an error. */
    public int beforeError() {
        return beforeError;
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

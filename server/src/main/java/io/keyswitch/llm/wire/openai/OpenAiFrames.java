package io.keyswitch.llm.wire.openai;

import io.keyswitch.core.Json;
import io.keyswitch.core.Reason;
import io.keyswitch.llm.LlmException;
import io.keyswitch.llm.LlmFailure;
import io.keyswitch.llm.wire.ProviderErrors;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Scans forwarded stream chunks for errors and the end of the stream. Parses a chunk only if it contains a relevant
 * keyword. Not thread-safe.
 */
public final class OpenAiFrames {
    private static final Pattern FINISH = Pattern.compile("\"finish_reason\"\\s*:\\s*\"[^\"]");
    private static final String DONE = "[DONE]";
    private static final String CONTENT = "\"content\"";

    private boolean finished;
    private boolean marked;
    private boolean otherThanText;
    private String last = "";
    private int beforeError;

    /**
     * Scans complete frames.
     *
     * @throws LlmException if they report an error
     */
    public void look(byte[] frames) {
        // ISO 8859-1 finds ASCII keywords without decoding UTF-8.
        var text = new String(frames, StandardCharsets.ISO_8859_1);
        if (text.contains("\"error\"") || text.contains("\"errors\"") || text.contains("\"detail\"")) {
            failOnError(text, frames);
        }
        last = text;
        otherThanText = saysOtherThanText(text);
        finished = finished || FINISH.matcher(text).find();
        marked = marked || (text.contains(DONE) && text.lines().anyMatch(OpenAiFrames::isDone));
    }

    private static boolean isDone(String line) {
        return line.startsWith("data:")
                && line.substring("data:".length()).strip().equals(DONE);
    }

    /** @param text the frames as ISO 8859-1, so that its indexes are byte offsets */
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
                // An event may have several data lines.
                data.append(line, line.startsWith("data:") ? "data:".length() : line.length(), line.length());
            }
            from = end;
        }
        failOnError(data.toString());
    }

    /** The start of the next line; a line ends with LF, CR or CRLF. */
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

    /** Whether a content is a number, a boolean or an object: no client expects those. */
    private static boolean saysOtherThanText(String text) {
        for (int at = text.indexOf(CONTENT); at >= 0; at = text.indexOf(CONTENT, at)) {
            at += CONTENT.length();
            while (at < text.length() && (text.charAt(at) == ':' || text.charAt(at) == ' ')) {
                at++;
            }
            if (at < text.length() && "-0123456789tf{".indexOf(text.charAt(at)) >= 0) {
                return true;
            }
        }
        return false;
    }

    /** Whether the last scanned frames contain an ASCII word. */
    boolean mentions(String word) {
        return last.contains(word);
    }

    /** Whether the last scanned frames hold a content that is not text. */
    boolean otherThanText() {
        return otherThanText;
    }

    /** The number of bytes before the frame that reports an error, in the last scanned frames. */
    public int beforeError() {
        return beforeError;
    }

    /** Whether the rest of a stream is a complete frame that only lacks its blank line. */
    public static boolean isWhole(String rest) {
        var last = rest.lines().reduce("", (_, line) -> line);
        var data = last.startsWith("data:") ? last.substring("data:".length()).strip() : "";
        return data.equals(DONE) || (!data.isEmpty() && Json.readFromProvider(data) != null);
    }

    /** Whether the stream reached an end that its wire format defines. */
    public boolean finished() {
        return finished || marked;
    }

    /** Whether the stream ended with {@code [DONE]}. */
    public boolean marked() {
        return marked;
    }
}

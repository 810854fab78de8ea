package io.keyswitch.llm.sse;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Splits an event stream into complete frames without parsing them. A frame ends with and includes a blank line. Not
 * thread-safe; one per stream.
 */
public final class SseFrames {
    private static final byte[] NOTHING = new byte[0];
    private static final byte[] DATA = {'d', 'a', 't', 'a', ':'};
    private static final int LONGEST_SEPARATOR = "}\r\ndata: ".length();

    /** The bytes after the last complete frame: the first {@code size} ones. */
    private byte[] pending = NOTHING;

    private int size;
    private long streamBytes;

    /**
     * Adds received bytes.
     *
     * @return all frames that are complete now, unchanged; empty if none is
     * @throws SseLimitException if a frame or the stream exceeds its size limit
     */
    public byte[] feed(byte[] bytes) {
        streamBytes += bytes.length;
        if (streamBytes > SseParser.MAX_STREAM_BYTES || size > SseParser.MAX_LINE_BYTES) {
            throw new SseLimitException("the stream is too long");
        }
        if (size == 0) {
            var separated = separated(bytes, bytes.length, 0);
            var frames = separated == null ? bytes : separated;
            int end = endOfLastFrame(frames, frames.length, 0);
            keep(frames, end, frames.length);
            return end == frames.length ? frames : Arrays.copyOf(frames, end);
        }
        int before = size;
        append(bytes);
        var separated = separated(pending, size, Math.max(0, before - LONGEST_SEPARATOR));
        if (separated != null) {
            pending = separated;
            size = separated.length;
        }
        // The pending bytes may end with the first half of a blank line.
        int end = endOfLastFrame(pending, size, Math.max(0, before - 3));
        var frames = end == 0 ? NOTHING : Arrays.copyOf(pending, end);
        if (end > 0) {
            keep(pending, end, size);
        }
        return frames;
    }

    /**
     * The bytes with a blank line where a provider separates events by one line break (GLM, Kimi, 2026): between the end of an
     * object and the next one's line, where no JSON value goes on. Null if there is no such place.
     */
    private static byte @Nullable [] separated(byte[] bytes, int length, int from) {
        var out = new ByteArrayOutputStream(0);
        int copied = 0;
        for (int i = Math.max(1, from); i < length; i++) {
            boolean afterObject =
                    bytes[i] == '\n' && (bytes[i - 1] == '}' || (bytes[i - 1] == '\r' && i > 1 && bytes[i - 2] == '}'));
            if (afterObject && beginsEvent(bytes, length, i + 1)) {
                out.write(bytes, copied, i + 1 - copied);
                out.write('\n');
                copied = i + 1;
            }
        }
        if (copied == 0) {
            return null;
        }
        out.write(bytes, copied, length - copied);
        return out.toByteArray();
    }

    private static boolean beginsEvent(byte[] bytes, int length, int at) {
        int value = at + DATA.length;
        if (value >= length || !Arrays.equals(bytes, at, value, DATA, 0, DATA.length)) {
            return false;
        }
        int first = bytes[value] == ' ' ? value + 1 : value;
        return first < length && (bytes[first] == '{' || bytes[first] == '[');
    }

    private void append(byte[] bytes) {
        if (size + bytes.length > pending.length) {
            pending = Arrays.copyOf(pending, Math.max(2 * pending.length, size + bytes.length));
        }
        System.arraycopy(bytes, 0, pending, size, bytes.length);
        size += bytes.length;
    }

    private void keep(byte[] bytes, int from, int to) {
        pending = from == to ? NOTHING : Arrays.copyOfRange(bytes, from, to);
        size = pending.length;
    }

    /** A copy of the bytes after the last complete frame. */
    public byte[] rest() {
        return Arrays.copyOf(pending, size);
    }

    /** The end index of the last blank line that starts at or after {@code from}; 0 if there is none. */
    private static int endOfLastFrame(byte[] bytes, int length, int from) {
        for (int i = length - 1; i >= from; i--) {
            int first = lineBreak(bytes, length, i);
            int second = first == 0 ? 0 : lineBreak(bytes, length, i + first);
            if (second > 0) {
                return i + first + second;
            }
        }
        return 0;
    }

    /** The length of the line break at an index; 0 if there is none. */
    private static int lineBreak(byte[] bytes, int length, int at) {
        if (at >= length) {
            return 0;
        }
        if (bytes[at] == '\r') {
            return at + 1 < length && bytes[at + 1] == '\n' ? 2 : 1;
        }
        return bytes[at] == '\n' ? 1 : 0;
    }
}

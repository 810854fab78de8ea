package io.keyswitch.llm.sse;

import java.util.Arrays;

/**
 * Splits an event stream into complete frames without parsing them. A frame ends with and includes a blank line. Not
 * thread-safe; one per stream.
 */
public final class SseFrames {
    private static final byte[] NOTHING = new byte[0];

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
            int end = endOfLastFrame(bytes, bytes.length, 0);
            keep(bytes, end, bytes.length);
            return end == bytes.length ? bytes : Arrays.copyOf(bytes, end);
        }
        int before = size;
        append(bytes);
        // The pending bytes may end with the first half of a blank line.
        int end = endOfLastFrame(pending, size, Math.max(0, before - 3));
        var frames = end == 0 ? NOTHING : Arrays.copyOf(pending, end);
        if (end > 0) {
            keep(pending, end, size);
        }
        return frames;
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
        int end = 0;
        for (int i = from; i < length; i++) {
            int first = lineBreak(bytes, length, i);
            int second = first == 0 ? 0 : lineBreak(bytes, length, i + first);
            if (second > 0) {
                end = i + first + second;
            }
        }
        return end;
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

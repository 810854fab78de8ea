package io.keyswitch.llm.sse;

import java.util.Arrays;

/**
 * Cuts an event stream into whole frames without looking into them: everything up to and with a blank line. Not thread-safe;
 * one per stream.
 */
public final class SseFrames {
    private byte[] pending = new byte[0];
    private long streamBytes;

    /**
     * Takes the next bytes.
     *
     * @return all frames that are complete now, as they came; empty if none is
     * @throws SseLimitException if a frame or the stream is out of all proportion
     */
    public byte[] feed(byte[] bytes) {
        streamBytes += bytes.length;
        if (streamBytes > SseParser.MAX_STREAM_BYTES || pending.length > SseParser.MAX_LINE_BYTES) {
            throw new SseLimitException("the stream is too long");
        }
        int before = pending.length;
        var all = before == 0 ? bytes : Arrays.copyOf(pending, before + bytes.length);
        if (before > 0) {
            System.arraycopy(bytes, 0, all, before, bytes.length);
        }
        int end = endOfLastFrame(all, Math.max(0, before - 3));
        pending = end == all.length ? new byte[0] : Arrays.copyOfRange(all, end, all.length);
        return end == all.length ? all : Arrays.copyOf(all, end);
    }

    /** What came behind the last whole frame. */
    public byte[] rest() {
        return pending;
    }

    /** The end of the last blank line that begins at or behind a place; 0 if there is none. */
    private static int endOfLastFrame(byte[] bytes, int from) {
        int end = 0;
        for (int i = from; i < bytes.length; i++) {
            int first = lineBreak(bytes, i);
            int second = first == 0 ? 0 : lineBreak(bytes, i + first);
            if (second > 0) {
                end = i + first + second;
            }
        }
        return end;
    }

    /** The length of the line break at a place; 0 if there is none. */
    private static int lineBreak(byte[] bytes, int at) {
        if (at >= bytes.length) {
            return 0;
        }
        if (bytes[at] == '\r') {
            return at + 1 < bytes.length && bytes[at + 1] == '\n' ? 2 : 1;
        }
        return bytes[at] == '\n' ? 1 : 0;
    }
}

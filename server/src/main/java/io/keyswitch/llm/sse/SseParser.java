package io.keyswitch.llm.sse;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Parses an event stream from chunks of any size. Not thread-safe; one per stream.
 *
 * <p>Lines end with LF, CR or CRLF; comments, {@code id} and {@code retry} are skipped. Beyond the standard, any other
 * line is kept in {@link #stray}, because some providers send a bare JSON error in a stream (Gemini, 2026-08).
 */
public final class SseParser {
    static final int MAX_LINE_BYTES = 4 << 20;
    static final int MAX_STREAM_BYTES = 32 << 20;
    static final int MAX_EVENTS = 1_000_000;
    private static final int MAX_STRAY_CHARS = 64 << 10;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    private final StringBuilder stray = new StringBuilder();
    private String name = "";
    private @Nullable StringBuilder data;
    private boolean afterCarriageReturn;
    private boolean firstLine = true;
    private long streamBytes;
    private int events;

    /**
     * Adds received bytes.
     *
     * @return the events that they complete
     * @throws SseLimitException if a line, an event, the stream or the number of events exceeds its limit
     */
    public List<SseEvent> feed(byte[] bytes) {
        streamBytes += bytes.length;
        if (streamBytes > MAX_STREAM_BYTES) {
            throw new SseLimitException("the stream is too long");
        }
        var complete = new ArrayList<SseEvent>();
        int from = 0;
        for (int i = 0; i < bytes.length; i++) {
            byte b = bytes[i];
            if (b == '\n' || b == '\r') {
                boolean secondOfPair = b == '\n' && afterCarriageReturn && i == from && line.size() == 0;
                line.write(bytes, from, i - from);
                from = i + 1;
                afterCarriageReturn = b == '\r';
                if (!secondOfPair) {
                    endLine(complete);
                }
            } else {
                afterCarriageReturn = false;
            }
        }
        line.write(bytes, from, bytes.length - from);
        if (line.size() > MAX_LINE_BYTES) {
            throw new SseLimitException("a line of the stream is too long");
        }
        return complete;
    }

    /**
     * Ends the stream. The standard discards an event without a final blank line; here it is returned, because some
     * providers omit that line.
     */
    public List<SseEvent> end() {
        var complete = new ArrayList<SseEvent>();
        if (line.size() > 0) {
            endLine(complete);
        }
        dispatch(complete);
        return complete;
    }

    /** The lines that are not valid fields, up to 65,536 characters; empty for a valid stream. */
    public String stray() {
        return stray.toString();
    }

    private void endLine(List<SseEvent> complete) {
        var text = takeLine();
        if (text.isEmpty()) {
            dispatch(complete);
            return;
        }
        int colon = text.indexOf(':');
        if (colon == 0) {
            return;
        }
        var field = colon < 0 ? text : text.substring(0, colon);
        var value = colon < 0 ? "" : text.substring(colon + 1);
        switch (field) {
            case "data" -> addData(withoutLeadingSpace(value), complete);
            case "event" -> name = withoutLeadingSpace(value);
            case "id", "retry" -> {}
            default -> keepStray(text);
        }
    }

    private String takeLine() {
        var bytes = line.toByteArray();
        line.reset();
        int start = firstLine && startsWithByteOrderMark(bytes) ? BYTE_ORDER_MARK.length : 0;
        firstLine = false;
        return new String(bytes, start, bytes.length - start, StandardCharsets.UTF_8);
    }

    private static boolean startsWithByteOrderMark(byte[] bytes) {
        return bytes.length >= 3 && Arrays.equals(bytes, 0, 3, BYTE_ORDER_MARK, 0, 3);
    }

    private static String withoutLeadingSpace(String value) {
        return value.startsWith(" ") ? value.substring(1) : value;
    }

    /** Some providers separate events by one line break (GLM, Kimi, 2026): no JSON value goes on after it has ended. */
    private void addData(String value, List<SseEvent> complete) {
        boolean over = data != null && !data.isEmpty() && data.charAt(data.length() - 1) == '}';
        if (over && (value.startsWith("{") || value.equals("[DONE]"))) {
            dispatch(complete);
        }
        append(value);
    }

    private void append(String value) {
        if (data == null) {
            data = new StringBuilder(value);
        } else if (data.length() + value.length() <= MAX_LINE_BYTES) {
            data.append('\n').append(value);
        } else {
            throw new SseLimitException("an event of the stream is too long");
        }
    }

    private void keepStray(String text) {
        if (stray.length() + text.length() < MAX_STRAY_CHARS) {
            stray.append(text).append('\n');
        }
    }

    private void dispatch(List<SseEvent> complete) {
        if (data != null) {
            if (++events > MAX_EVENTS) {
                throw new SseLimitException("the stream has too many events");
            }
            complete.add(new SseEvent(name, data.toString()));
        }
        data = null;
        name = "";
    }
}

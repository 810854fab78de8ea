package io.keyswitch.llm.transport;

import java.util.Arrays;
import java.util.List;

/** What the body of an answer is. Some providers give a stream another media type or none, or answer with JSON instead of one. */
enum BodyForm {
    /** Too little has arrived. */
    UNKNOWN,
    STREAM,
    WHOLE;

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final List<String> FIELDS = List.of(":", "data:", "event:", "id:", "retry:");

    /**
     * What a body is that begins with some bytes.
     *
     * @param typedAsStream whether its media type is that of event streams
     */
    static BodyForm of(byte[] begun, boolean typedAsStream) {
        if (begun.length < BYTE_ORDER_MARK.length
                && Arrays.equals(begun, 0, begun.length, BYTE_ORDER_MARK, 0, begun.length)) {
            return UNKNOWN;
        }
        int at = startsWithMark(begun) ? BYTE_ORDER_MARK.length : 0;
        while (at < begun.length && isBlank(begun[at])) {
            at++;
        }
        if (at == begun.length) {
            return UNKNOWN;
        }
        if (begun[at] == '{' || begun[at] == '[') {
            return WHOLE;
        }
        return typedAsStream ? STREAM : byFields(begun, at);
    }

    private static BodyForm byFields(byte[] begun, int at) {
        var text = new StringBuilder();
        for (int i = at; i < begun.length && text.length() < "event:".length(); i++) {
            text.append((char) (begun[i] & 0xFF));
        }
        var first = text.toString();
        if (FIELDS.stream().anyMatch(first::startsWith)) {
            return STREAM;
        }
        return FIELDS.stream().anyMatch(field -> field.startsWith(first)) ? UNKNOWN : WHOLE;
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t' || b == '\r' || b == '\n';
    }

    private static boolean startsWithMark(byte[] bytes) {
        return bytes.length >= BYTE_ORDER_MARK.length
                && Arrays.equals(bytes, 0, BYTE_ORDER_MARK.length, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length);
    }

    /** The bytes without the byte order mark that they may begin with. */
    static byte[] withoutMark(byte[] bytes) {
        return startsWithMark(bytes) ? Arrays.copyOfRange(bytes, BYTE_ORDER_MARK.length, bytes.length) : bytes;
    }
}

package io.keyswitch.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads HTTP/1.1 responses from one connection as they arrive: finds their end, counts the frames of event streams, and finds the
 * times at which {@link MockProvider} sent them. Does no more than that: the load must cost less than what it measures.
 */
final class ResponseReader {
    /** Receives what was found, in order. */
    interface Listener {
        /** Called at the first byte of a body. */
        void bodyBegan();

        /** Called for each frame that carries the time at which it was sent, by {@link System#nanoTime}. */
        void frame(long sentAt);

        /** Called at the end of a response. */
        void ended(int status);
    }

    private enum State {
        HEAD,
        BODY,
        CHUNK_SIZE,
        CHUNK,
        CHUNK_END,
        TRAILER
    }

    private static final byte[] HEAD_END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final String LENGTH = "\r\ncontent-length:";
    private static final int RADIX = 16;
    private static final int STATUS_AT = "HTTP/1.1 ".length();

    private final Listener listener;
    private final StringBuilder head = new StringBuilder();
    private State state = State.HEAD;
    private int status;
    private int matched;
    private long left;
    private boolean lineIsEmpty;
    private boolean begun;
    /** The digits behind the mark of a time so far; -1 outside. */
    private long time = -1;

    ResponseReader(Listener listener) {
        this.listener = listener;
    }

    /** Reads all that is there. */
    void read(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            switch (state) {
                case HEAD -> readHead(bytes);
                case BODY -> {
                    pass(bytes);
                    if (left == 0) {
                        end();
                    }
                }
                case CHUNK_SIZE -> readChunkSize(bytes.get());
                case CHUNK -> {
                    pass(bytes);
                    if (left == 0) {
                        state = State.CHUNK_END;
                    }
                }
                case CHUNK_END -> {
                    if (bytes.get() == '\n') {
                        state = State.CHUNK_SIZE;
                    }
                }
                case TRAILER -> readTrailer(bytes.get());
            }
        }
    }

    private void readHead(ByteBuffer bytes) {
        byte next = bytes.get();
        head.append((char) next);
        matched = next == HEAD_END[matched] ? matched + 1 : next == '\r' ? 1 : 0;
        if (matched == HEAD_END.length) {
            matched = 0;
            begin(head.toString());
            head.setLength(0);
        }
    }

    private void begin(String text) {
        status = Integer.parseInt(text, STATUS_AT, STATUS_AT + 3, 10);
        var length = length(text);
        if (length == null) {
            state = State.CHUNK_SIZE;
            left = 0;
        } else {
            state = State.BODY;
            left = length;
        }
        begun = false;
        if (length != null && length == 0) {
            end();
        }
    }

    private static @Nullable Long length(String head) {
        int at = head.toLowerCase(Locale.ROOT).indexOf(LENGTH);
        return at < 0
                ? null
                : Long.valueOf(head.substring(at + LENGTH.length(), head.indexOf('\r', at + 2))
                        .strip());
    }

    private void readChunkSize(byte next) {
        if (next == '\n') {
            state = left == 0 ? State.TRAILER : State.CHUNK;
            lineIsEmpty = true;
        } else if (Character.digit(next, RADIX) >= 0) {
            left = left * RADIX + Character.digit(next, RADIX);
        }
    }

    private void readTrailer(byte next) {
        if (next == '\n' && lineIsEmpty) {
            end();
        } else {
            lineIsEmpty = next == '\n' || (lineIsEmpty && next == '\r');
        }
    }

    private void pass(ByteBuffer bytes) {
        if (!begun) {
            begun = true;
            listener.bodyBegan();
        }
        int length = (int) Math.min(left, bytes.remaining());
        left -= length;
        int end = bytes.position() + length;
        for (int at = bytes.position(); at < end; at++) {
            look(bytes.get(at));
        }
        bytes.position(end);
    }

    private void look(byte next) {
        if (next == MockProvider.TIME) {
            time = 0;
        } else if (time >= 0) {
            if (next >= '0' && next <= '9') {
                time = time * 10 + next - '0';
            } else {
                listener.frame(time);
                time = -1;
            }
        }
    }

    private void end() {
        state = State.HEAD;
        left = 0;
        listener.ended(status);
    }
}

package io.keyswitch.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.charset.StandardCharsets;

/**
 * Rejects folded header lines (obs-fold; RFC 9112, section 5.2), which Netty joins silently, and malformed chunks,
 * which Netty reports too late to respond to: a proxy may read either differently (request smuggling). Scans the bytes
 * before Netty's decoder and takes the framing of a body from the decoded head. One per connection, used on its event
 * loop.
 */
final class RequestFraming {
    private static final ByteBuf REFUSAL = Unpooled.unreleasableBuffer(Unpooled.copiedBuffer(
            "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", StandardCharsets.US_ASCII));

    /** The position of the next byte. */
    private enum State {
        BEFORE_HEAD,
        LINE,
        LINE_START,
        /** The head is complete; the decoder is about to report it. */
        HEAD_ENDED,
        BODY,
        CHUNK_SIZE,
        CHUNK_EXTENSION,
        CHUNK_DATA,
        CHUNK_END,
        TRAILER,
        TRAILER_START,
        /** The decoder has rejected the head; nothing more is checked. */
        UNKNOWN,
        REFUSED;

        boolean isOfBody() {
            return switch (this) {
                case BODY, CHUNK_SIZE, CHUNK_EXTENSION, CHUNK_DATA, CHUNK_END, TRAILER, TRAILER_START -> true;
                case BEFORE_HEAD, LINE, LINE_START, HEAD_ENDED, UNKNOWN, REFUSED -> false;
            };
        }
    }

    private static final int MAX_SIZE_DIGITS = 15;
    private static final int RADIX = 16;

    private State state = State.BEFORE_HEAD;
    /** Remaining bytes of the body or chunk. */
    private long left;

    private int sizeDigits;
    private int unanswered;

    private RequestFraming() {}

    /** Installs the checks on a connection. Call before anything is read from it. */
    static void watch(ChannelPipeline pipeline) {
        var decoder = pipeline.context(HttpRequestDecoder.class);
        var encoder = pipeline.context(HttpResponseEncoder.class);
        if (decoder != null && encoder != null) {
            var framing = new RequestFraming();
            pipeline.addBefore(decoder.name(), "framing", framing.new Bytes());
            pipeline.addAfter(encoder.name(), "messages", framing.new Messages());
        }
    }

    /**
     * Scans the bytes of a read, up to the end of a head or body: the next state depends on the decoder.
     *
     * @return the number of bytes that the decoder may read
     */
    private int follow(ByteBuf bytes) {
        int from = bytes.readerIndex();
        int end = bytes.writerIndex();
        int at = from;
        while (at < end) {
            switch (state) {
                case UNKNOWN, HEAD_ENDED, REFUSED -> {
                    return end - from;
                }
                case BODY -> {
                    at += skip(end - at);
                    if (left == 0) {
                        state = State.BEFORE_HEAD;
                        return at - from;
                    }
                }
                case CHUNK_DATA -> {
                    at += skip(end - at);
                    if (left == 0) {
                        state = State.CHUNK_END;
                    }
                }
                case LINE, TRAILER, CHUNK_EXTENSION -> {
                    int lineFeed = bytes.indexOf(at, end, (byte) '\n');
                    if (lineFeed < 0) {
                        return end - from;
                    }
                    at = lineFeed + 1;
                    state = afterLine();
                }
                case BEFORE_HEAD, LINE_START, CHUNK_SIZE, CHUNK_END, TRAILER_START -> {
                    var before = state;
                    state = after(bytes.getByte(at++));
                    if (state == State.HEAD_ENDED || (before.isOfBody() && state == State.BEFORE_HEAD)) {
                        return at - from;
                    }
                }
            }
            if (state == State.REFUSED) {
                return 0;
            }
        }
        return at - from;
    }

    private int skip(int available) {
        int skipped = (int) Math.min(left, available);
        left -= skipped;
        return skipped;
    }

    private State afterLine() {
        if (state == State.LINE) {
            return State.LINE_START;
        }
        return state == State.TRAILER ? State.TRAILER_START : afterChunkSize();
    }

    private State afterChunkSize() {
        return sizeDigits == 0 ? State.REFUSED : left == 0 ? State.TRAILER_START : State.CHUNK_DATA;
    }

    private State after(byte next) {
        return switch (state) {
            case BEFORE_HEAD -> next == '\r' || next == '\n' ? State.BEFORE_HEAD : State.LINE;
            case LINE_START -> afterLineStart(next, State.LINE, State.HEAD_ENDED);
            case TRAILER_START -> afterLineStart(next, State.TRAILER, State.BEFORE_HEAD);
            case CHUNK_SIZE -> inChunkSize(next);
            case CHUNK_END ->
                switch (next) {
                    case '\r' -> State.CHUNK_END;
                    case '\n' -> startOfChunk();
                    default -> State.REFUSED;
                };
            case LINE, HEAD_ENDED, BODY, CHUNK_EXTENSION, CHUNK_DATA, TRAILER, UNKNOWN, REFUSED ->
                throw new IllegalStateException("not read byte by byte: " + state);
        };
    }

    private State afterLineStart(byte next, State line, State ended) {
        return switch (next) {
            case ' ', '\t' -> State.REFUSED;
            case '\r' -> state;
            case '\n' -> ended;
            default -> line;
        };
    }

    private State startOfChunk() {
        left = 0;
        sizeDigits = 0;
        return State.CHUNK_SIZE;
    }

    private State inChunkSize(byte next) {
        int digit = Character.digit(next, RADIX);
        if (digit >= 0) {
            left = left * RADIX + digit;
            return ++sizeDigits > MAX_SIZE_DIGITS ? State.REFUSED : State.CHUNK_SIZE;
        }
        return switch (next) {
            case '\n' -> afterChunkSize();
            case '\r', ';', ' ', '\t' -> sizeDigits == 0 ? State.REFUSED : State.CHUNK_EXTENSION;
            default -> State.REFUSED;
        };
    }

    /** Sets the state after the decoder has read a head. */
    private void begin(HttpRequest request) {
        if (request.decoderResult().isFailure()) {
            state = State.UNKNOWN;
        } else if (HttpUtil.isTransferEncodingChunked(request)) {
            state = startOfChunk();
        } else {
            left = HttpUtil.getContentLength(request, 0L);
            state = left == 0 ? State.BEFORE_HEAD : State.BODY;
        }
    }

    /** The handler before the decoder. */
    private final class Bytes extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (!(message instanceof ByteBuf bytes)) {
                context.fireChannelRead(message);
                return;
            }
            try {
                while (bytes.isReadable() && state != State.REFUSED) {
                    boolean inBody = state.isOfBody();
                    int length = follow(bytes);
                    if (state == State.REFUSED) {
                        refuse(context, inBody);
                    } else {
                        context.fireChannelRead(bytes.readRetainedSlice(length));
                    }
                }
            } finally {
                bytes.release();
            }
        }

        /** Responds only if no other request is waiting: the client would take this for its response. */
        private void refuse(ChannelHandlerContext context, boolean inBody) {
            if (unanswered == (inBody ? 1 : 0)) {
                context.writeAndFlush(REFUSAL.duplicate()).addListener(ChannelFutureListener.CLOSE);
            } else {
                var _ = context.close();
            }
        }
    }

    /** The handler between the decoder and the encoder. */
    private final class Messages extends ChannelDuplexHandler {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof HttpRequest request) {
                unanswered++;
                begin(request);
            }
            context.fireChannelRead(message);
        }

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            boolean interim = message instanceof HttpResponse response
                    && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
            if (message instanceof LastHttpContent && !interim) {
                unanswered--;
            }
            var _ = context.write(message, promise);
        }
    }
}

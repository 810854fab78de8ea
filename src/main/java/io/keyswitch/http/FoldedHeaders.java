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
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.charset.StandardCharsets;

/**
 * Refuses header lines that are continued on the next line (obs-fold; RFC 9112, section 5.2). Netty joins them silently, and a
 * proxy in front may read them differently. Reads the bytes before Netty's decoder, and what the decoder made of them behind
 * it, to know where a head begins. Behind a chunked body the next head is known only when it comes in another read. One for
 * each connection, used on its event loop.
 */
final class FoldedHeaders {
    private static final ByteBuf REFUSAL = Unpooled.unreleasableBuffer(Unpooled.copiedBuffer(
            "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", StandardCharsets.US_ASCII));

    private enum State {
        BEFORE_HEAD,
        IN_LINE,
        /** Behind a line feed: what comes next decides. */
        AT_LINE_START,
        IN_BODY,
        REFUSED
    }

    private State state = State.BEFORE_HEAD;
    /** Of the body, if its head says so; else until the decoder reports its end. */
    private long bodyLeft = Long.MAX_VALUE;

    private int unanswered;

    private FoldedHeaders() {}

    /** Watches a connection. To be called before anything was read from it. */
    static void refuseOn(ChannelPipeline pipeline) {
        var decoder = pipeline.context(HttpRequestDecoder.class);
        var encoder = pipeline.context(HttpResponseEncoder.class);
        if (decoder != null && encoder != null) {
            var watch = new FoldedHeaders();
            pipeline.addBefore(decoder.name(), "foldedHeaders", watch.new Bytes());
            pipeline.addAfter(encoder.name(), "messages", watch.new Messages());
        }
    }

    /** Before the decoder. */
    private final class Bytes extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (!(message instanceof ByteBuf bytes)) {
                context.fireChannelRead(message);
                return;
            }
            try {
                while (bytes.isReadable() && state != State.REFUSED) {
                    int length = state == State.IN_BODY ? ofBody(bytes) : ofHead(bytes);
                    if (state == State.REFUSED) {
                        refuse(context);
                    } else {
                        context.fireChannelRead(bytes.readRetainedSlice(length));
                    }
                }
            } finally {
                bytes.release();
            }
        }

        private int ofBody(ByteBuf bytes) {
            int length = (int) Math.min(bytes.readableBytes(), bodyLeft);
            bodyLeft -= length;
            return length;
        }

        /** The bytes up to the end of the head, or all if it does not end in them. */
        private int ofHead(ByteBuf bytes) {
            int from = bytes.readerIndex();
            for (int i = from; i < bytes.writerIndex(); i++) {
                byte next = bytes.getByte(i);
                switch (state) {
                    case BEFORE_HEAD -> {
                        if (next != '\r' && next != '\n') {
                            state = State.IN_LINE;
                        }
                    }
                    case IN_LINE -> {
                        int lineFeed = bytes.indexOf(i, bytes.writerIndex(), (byte) '\n');
                        if (lineFeed < 0) {
                            return bytes.readableBytes();
                        }
                        i = lineFeed;
                        state = State.AT_LINE_START;
                    }
                    case AT_LINE_START -> {
                        if (next == ' ' || next == '\t') {
                            state = State.REFUSED;
                            return 0;
                        }
                        if (next == '\n') {
                            state = State.IN_BODY;
                            return i + 1 - from;
                        }
                        if (next != '\r') {
                            state = State.IN_LINE;
                        }
                    }
                    case IN_BODY, REFUSED -> throw new IllegalStateException("not in a head");
                }
            }
            return bytes.readableBytes();
        }

        /** Not while an earlier request waits for its response, which this would be taken for. */
        private void refuse(ChannelHandlerContext context) {
            if (unanswered == 0) {
                context.writeAndFlush(REFUSAL.duplicate()).addListener(ChannelFutureListener.CLOSE);
            } else {
                var _ = context.close();
            }
        }
    }

    /** Behind the decoder and before the encoder. */
    private final class Messages extends ChannelDuplexHandler {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof HttpRequest request) {
                unanswered++;
                boolean isDelimited =
                        request.decoderResult().isSuccess() && !HttpUtil.isTransferEncodingChunked(request);
                bodyLeft = isDelimited ? HttpUtil.getContentLength(request, 0L) : Long.MAX_VALUE;
            }
            if (message instanceof LastHttpContent) {
                state = State.BEFORE_HEAD;
            }
            context.fireChannelRead(message);
        }

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            if (message instanceof LastHttpContent) {
                unanswered--;
            }
            var _ = context.write(message, promise);
        }
    }
}

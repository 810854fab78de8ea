package io.keyswitch.llm.connection;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpResponseDecoder;
import java.util.List;

/**
 * Decodes one response for each request, and nothing else: bytes that arrive while no response is expected are never parsed,
 * so that they cannot become the response to a later request.
 */
final class Http1ResponseDecoder extends HttpResponseDecoder {
    private static final int MAX_STATUS_LINE = 4 << 10;
    private static final int MAX_HEADERS = 64 << 10;

    private enum Expects {
        RESPONSE,
        NOTHING,
        /** The rest of a response that nobody wants any more. */
        REMAINDER
    }

    private Expects expects = Expects.NOTHING;
    private boolean surplus;

    Http1ResponseDecoder() {
        super(new HttpDecoderConfig().setMaxInitialLineLength(MAX_STATUS_LINE).setMaxHeaderSize(MAX_HEADERS));
    }

    /** A request is about to be written. */
    void expectResponse() {
        expects = Expects.RESPONSE;
    }

    /** The response to the last request is complete. */
    void responseComplete() {
        expects = Expects.NOTHING;
    }

    /** The response to the last request is not read to its end; the connection is being closed. */
    void responseAbandoned() {
        expects = Expects.REMAINDER;
    }

    /** Whether bytes arrived that belong to no request. */
    boolean hasSurplus() {
        return surplus;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf bytes, List<Object> parts) throws Exception {
        switch (expects) {
            case RESPONSE -> super.decode(context, bytes, parts);
            case NOTHING -> {
                surplus |= bytes.isReadable();
                bytes.skipBytes(bytes.readableBytes());
            }
            case REMAINDER -> bytes.skipBytes(bytes.readableBytes());
        }
    }

    /** Two lengths for one body: which one ends it depends on the reader (RFC 9112, section 6.1). */
    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage response) {
        throw new MalformedResponseException("Transfer-Encoding and Content-Length");
    }
}

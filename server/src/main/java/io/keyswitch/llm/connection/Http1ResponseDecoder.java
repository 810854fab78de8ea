package io.keyswitch.llm.connection;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpResponseDecoder;
import java.util.List;

/**
 * Decodes exactly one response per request. Bytes that arrive while no response is expected are dropped unparsed, so
 * that they cannot become the response to a later request.
 */
final class Http1ResponseDecoder extends HttpResponseDecoder {
    private static final int MAX_STATUS_LINE = 4 << 10;
    private static final int MAX_HEADERS = 64 << 10;

    private enum Expects {
        RESPONSE,
        NOTHING,
        /** The rest of an aborted response, which is dropped. */
        REMAINDER
    }

    private Expects expects = Expects.NOTHING;
    private boolean surplus;

    Http1ResponseDecoder() {
        super(new HttpDecoderConfig().setMaxInitialLineLength(MAX_STATUS_LINE).setMaxHeaderSize(MAX_HEADERS));
    }

    /** Called before a request is written. */
    void expectResponse() {
        expects = Expects.RESPONSE;
    }

    /** Called when the response to the last request is complete. */
    void responseComplete() {
        expects = Expects.NOTHING;
    }

    /** Called when the connection is closed before the response was read to its end. */
    void responseAbandoned() {
        expects = Expects.REMAINDER;
    }

    /** Whether bytes arrived while no response was expected. */
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

    /** Rejects ambiguous message framing, a sign of response splitting (RFC 9112, section 6.3). */
    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage response) {
        throw new MalformedResponseException("both Transfer-Encoding and Content-Length");
    }
}

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

    private boolean expecting;
    private boolean surplus;

    Http1ResponseDecoder() {
        super(new HttpDecoderConfig().setMaxInitialLineLength(MAX_STATUS_LINE).setMaxHeaderSize(MAX_HEADERS));
    }

    /** A request is about to be written. */
    void expectResponse() {
        expecting = true;
    }

    /** The response to the last request is complete. */
    void responseComplete() {
        expecting = false;
    }

    /** Whether bytes arrived that belong to no request. */
    boolean hasSurplus() {
        return surplus;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf bytes, List<Object> parts) throws Exception {
        if (expecting) {
            super.decode(context, bytes, parts);
        } else if (bytes.isReadable()) {
            surplus = true;
            bytes.skipBytes(bytes.readableBytes());
        }
    }

    /** Two lengths for one body: which one ends it depends on the reader (RFC 9112, section 6.1). */
    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage response) {
        throw new MalformedResponseException("Transfer-Encoding and Content-Length");
    }
}

package io.keyswitch.llm.transport;

import io.keyswitch.llm.LlmFailure;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.compression.ZlibCodecFactory;
import io.netty.handler.codec.compression.ZlibWrapper;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Locale;
import java.util.Set;

/** Inflates a compressed body, which some providers and proxies send although nobody asked for it. */
final class Inflated implements CallListener {
    private static final Set<String> CODINGS = Set.of("gzip", "x-gzip", "deflate");
    /** The most that is inflated at once; the listener limits the whole. */
    private static final int MAX_AT_ONCE = 1 << 20;

    private final CallListener listener;
    private final EmbeddedChannel decoder;

    private Inflated(CallListener listener, String coding) {
        this.listener = listener;
        var wrapper = coding.equals("deflate") ? ZlibWrapper.ZLIB_OR_NONE : ZlibWrapper.GZIP;
        this.decoder = new EmbeddedChannel(ZlibCodecFactory.newZlibDecoder(wrapper, MAX_AT_ONCE));
    }

    /** The listener itself, or one in front of it if the body is compressed. */
    static CallListener inFrontOf(CallListener listener, HttpHeaders headers) {
        var coding = headers.get("content-encoding", "").strip().toLowerCase(Locale.ROOT);
        return CODINGS.contains(coding) ? new Inflated(listener, coding) : listener;
    }

    @Override
    public void head(int status, HttpHeaders headers) {
        listener.head(status, headers);
    }

    @Override
    public void body(byte[] bytes) {
        decoder.writeInbound(Unpooled.wrappedBuffer(bytes));
        pass();
    }

    @Override
    public void end() {
        decoder.finish();
        pass();
        listener.end();
    }

    private void pass() {
        for (ByteBuf piece = decoder.readInbound(); piece != null; piece = decoder.readInbound()) {
            var bytes = ByteBufUtil.getBytes(piece);
            piece.release();
            listener.body(bytes);
        }
    }

    @Override
    public void failed(LlmFailure failure) {
        decoder.finishAndReleaseAll();
        listener.failed(failure);
    }
}

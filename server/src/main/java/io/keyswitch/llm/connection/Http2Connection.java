package io.keyswitch.llm.connection;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2SettingsFrame;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP/2 connection to one origin with one stream per exchange. Stream IDs match responses to requests, so all lanes
 * may share it. Used on one event loop.
 */
final class Http2Connection extends ChannelInboundHandlerAdapter implements Connection {
    private static final int MAX_STREAMS = 100;
    private static final int STREAM_WINDOW = 64 << 10;
    private static final int MAX_HEADERS = 64 << 10;
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(30);
    /** A connection that receives nothing for this long after a request is presumed dead. */
    private static final Duration SILENCE = Duration.ofSeconds(5);

    private final Channel channel;
    private final Origin origin;
    private final Http2FrameCodec codec;
    private final Listener listener;
    private @Nullable ChannelHandlerContext context;
    private boolean ready;
    private int streams;
    private boolean reused;
    private boolean retired;
    private long idleSince = System.nanoTime();
    private long lastRead;

    /** Receives the state changes of a connection. */
    interface Listener {
        /** Called once, when the provider's SETTINGS frame arrives or the connection is closed before that. */
        void ready();

        /** Called when no more requests may be sent on the connection. */
        void closed(Http2Connection connection);
    }

    private Http2Connection(Channel channel, Origin origin, Http2FrameCodec codec, Listener listener) {
        this.channel = channel;
        this.origin = origin;
        this.codec = codec;
        this.listener = listener;
    }

    /**
     * Starts HTTP/2 on a channel that has just negotiated it with ALPN.
     *
     * @param lastHandler the name of the handler that this connection's handlers are added before
     */
    static Http2Connection start(Channel channel, String lastHandler, Origin origin, Listener listener) {
        var settings = Http2Settings.defaultSettings()
                .pushEnabled(false)
                .initialWindowSize(STREAM_WINDOW)
                .maxHeaderListSize(MAX_HEADERS);
        var codec = Http2FrameCodecBuilder.forClient()
                .initialSettings(settings)
                .gracefulShutdownTimeoutMillis(0)
                .build();
        var connection = new Http2Connection(channel, origin, codec, listener);
        channel.pipeline()
                .addBefore(lastHandler, "http2", codec)
                .addBefore(lastHandler, "streams", new Http2MultiplexHandler(new RefusedPush()))
                .addBefore(lastHandler, "connection", connection);
        return connection;
    }

    Origin origin() {
        return origin;
    }

    @Override
    public boolean isReused() {
        return reused;
    }

    /** Whether another request may be sent now. */
    boolean hasRoom() {
        return isUsable()
                && streams < (ready ? MAX_STREAMS : 1)
                && codec.connection().local().canOpenStream();
    }

    private boolean isUsable() {
        return !retired && channel.isActive() && !codec.connection().goAwayReceived();
    }

    /** Closes the connection if it has no streams and is unusable or has been idle for {@link #KEEP_ALIVE}. */
    void closeIfIdle() {
        if (streams == 0 && (!isUsable() || System.nanoTime() - idleSince >= KEEP_ALIVE.toNanos())) {
            retire();
        }
    }

    /** Accepts no more requests; the connection closes when its last stream ends. */
    private void retire() {
        retired = true;
        listener.closed(this);
        becomeReady();
        if (streams == 0) {
            close();
        }
    }

    private void becomeReady() {
        if (!ready) {
            ready = true;
            listener.ready();
        }
    }

    /** Starts at this handler, because the last handler of the pipeline waits until unsent data is written. */
    private void close() {
        var _ = context == null ? channel.close() : context.close();
    }

    /**
     * Enlarges the connection's flow-control window so that streams with slow readers cannot block the others. Twice
     * the sum of all stream windows, because a WINDOW_UPDATE is sent only after half a window was read.
     */
    @Override
    public void handlerAdded(ChannelHandlerContext added) throws Http2Exception {
        context = added;
        var connection = codec.connection();
        connection
                .local()
                .flowController()
                .incrementWindowSize(connection.connectionStream(), 2 * MAX_STREAMS * STREAM_WINDOW);
        added.flush();
    }

    @Override
    public Exchange send(FullHttpRequest request, ExchangeListener listener) {
        var stream = new Http2Exchange(listener, this::streamEnded);
        streams++;
        new Http2StreamChannelBootstrap(channel)
                .handler(stream.initializer())
                .open()
                .addListener(opening -> {
                    if (opening.isSuccess()) {
                        stream.send((Http2StreamChannel) opening.getNow(), request);
                    } else {
                        request.release();
                        // Deferred, because the caller does not have the exchange yet.
                        channel.eventLoop().execute(() -> stream.notOpened(opening.cause()));
                    }
                });
        reused = true;
        return stream.exchange();
    }

    /**
     * Called when a stream is closed.
     *
     * @param unanswered the {@link System#nanoTime} of the request if no response head arrived; 0 if one did
     */
    private void streamEnded(long unanswered) {
        streams--;
        idleSince = System.nanoTime();
        // Nothing was received since the request was sent: the connection may be half-open.
        boolean silent =
                unanswered != 0 && lastRead - unanswered < 0 && System.nanoTime() - unanswered > SILENCE.toNanos();
        if (retired || silent) {
            retire();
        }
    }

    @Override
    public void giveBack() {
        idleSince = System.nanoTime();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof Http2SettingsFrame) {
            becomeReady();
        }
        ReferenceCountUtil.release(message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        lastRead = System.nanoTime();
        context.fireChannelReadComplete();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslCloseCompletionEvent) {
            retire();
        }
        context.fireUserEventTriggered(event);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        retire();
        context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        retire();
        close();
    }

    /** Closes streams that the provider opens although push is disabled. */
    private static final class RefusedPush extends ChannelInitializer<Channel> {
        @Override
        protected void initChannel(Channel pushed) {
            var _ = pushed.close();
        }
    }
}

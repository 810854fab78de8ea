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
 * An HTTP/2 connection to one origin, a stream for each exchange: streams have numbers, so requests of all lanes may share it.
 * Used on one event loop.
 */
final class Http2Connection extends ChannelInboundHandlerAdapter implements Connection {
    private static final int MAX_STREAMS = 100;
    private static final int STREAM_WINDOW = 64 << 10;
    private static final int MAX_HEADERS = 64 << 10;
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(30);
    /** For how long a provider may be silent before its connection is taken for dead. */
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

    /** Follows a connection. */
    interface Listener {
        /** Called once, when the provider has said how many streams it allows, or the connection was closed before. */
        void ready();

        /** No more requests may be sent on the connection. */
        void closed(Http2Connection connection);
    }

    private Http2Connection(Channel channel, Origin origin, Http2FrameCodec codec, Listener listener) {
        this.channel = channel;
        this.origin = origin;
        this.codec = codec;
        this.listener = listener;
    }

    /**
     * Speaks HTTP/2 on a channel whose TLS handshake has just agreed on it.
     *
     * @param lastHandler the handler to add this connection's handlers before
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

    /** Closes the connection if it has been idle for long. */
    void closeIfIdle() {
        if (streams == 0 && (!isUsable() || System.nanoTime() - idleSince >= KEEP_ALIVE.toNanos())) {
            retire();
        }
    }

    /** Sends no more requests; closes when the last response has ended. */
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

    /** From here on, and not from the end of the pipeline, whose handler first waits for what is unsent. */
    private void close() {
        var _ = context == null ? channel.close() : context.close();
    }

    /**
     * Makes room for as many paused streams as there may be, so that no slow reader stops the others: the provider is told of
     * more room only when half of it was read.
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
                        // Later, for the caller does not have the exchange yet.
                        channel.eventLoop().execute(() -> stream.notOpened(opening.cause()));
                    }
                });
        reused = true;
        return stream.exchange();
    }

    /**
     * A stream is closed.
     *
     * @param unanswered since when a response was awaited in vain; 0 if one came
     */
    private void streamEnded(long unanswered) {
        streams--;
        idleSince = System.nanoTime();
        // Nothing at all was received since the request was sent: the connection may be dead without either side
        // knowing.
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

    /** Push is disabled; a stream that the provider opens all the same is closed. */
    private static final class RefusedPush extends ChannelInitializer<Channel> {
        @Override
        protected void initChannel(Channel pushed) {
            var _ = pushed.close();
        }
    }
}

package io.keyswitch.llm.connection;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.util.ReferenceCountUtil;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** One stream of an {@link Http2Connection} and the exchange on it. Used on one event loop. */
final class Http2Exchange extends ChannelInboundHandlerAdapter implements Exchange.Carrier {
    private final Exchange exchange;
    private final LongConsumer ended;
    private final long started = System.nanoTime();
    private @Nullable Http2StreamChannel stream;
    private boolean discarded;

    /**
     * An exchange whose stream is not open yet.
     *
     * @param ended called once when the stream is closed, with the {@link System#nanoTime} of the request if no
     *     response head arrived, else with 0
     */
    Http2Exchange(ExchangeListener listener, LongConsumer ended) {
        this.exchange = new Exchange(this, listener);
        this.ended = ended;
    }

    Exchange exchange() {
        return exchange;
    }

    ChannelHandler initializer() {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel opened) {
                opened.pipeline().addLast(new Http2StreamFrameToHttpObjectCodec(false), Http2Exchange.this);
            }
        };
    }

    void send(Http2StreamChannel opened, FullHttpRequest request) {
        stream = opened;
        opened.closeFuture().addListener(_ -> ended.accept(exchange.hasBegun() ? 0 : started));
        if (discarded) {
            request.release();
            var _ = opened.close();
            return;
        }
        opened.writeAndFlush(request).addListener(written -> {
            if (written.isSuccess()) {
                exchange.sent();
            } else {
                opened.eventLoop().execute(() -> exchange.unprocessed(written.cause()));
            }
        });
    }

    void notOpened(Throwable cause) {
        ended.accept(0);
        exchange.unprocessed(cause);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            if (message instanceof HttpObject part) {
                exchange.read(part);
            }
            if (!exchange.isActive() && !exchange.isClean()) {
                var _ = context.close();
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        try {
            switch (event) {
                case Http2ResetFrame reset
                when reset.errorCode() == Http2Error.REFUSED_STREAM.code() ->
                    exchange.unprocessed(new MalformedResponseException("the stream was refused"));
                case Http2ResetFrame reset ->
                    exchange.fail(new MalformedResponseException("the stream was reset: " + reset.errorCode()), false);
                // Received only by streams above the last stream ID that the provider will process.
                case Http2GoAwayFrame _ ->
                    exchange.unprocessed(new MalformedResponseException("the connection is going away"));
                default -> {}
            }
        } finally {
            ReferenceCountUtil.release(event);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        exchange.closed();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        exchange.broken(cause);
    }

    @Override
    public void pause() {
        if (stream != null) {
            stream.config().setAutoRead(false);
        }
    }

    @Override
    public void resume() {
        if (stream != null) {
            stream.config().setAutoRead(true);
        }
    }

    @Override
    public void discard() {
        discarded = true;
        var opened = stream;
        if (opened != null) {
            // Deferred, so that a stream that the provider has just reset is closed without an RST_STREAM in return.
            opened.eventLoop().execute(() -> {
                var _ = opened.close();
            });
        }
    }
}

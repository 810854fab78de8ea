package io.keyswitch.llm.connection;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP/1.1 connection: one exchange at a time, all of one {@link Lane}. It becomes idle again only after a response that
 * was read to its end, with nothing behind it; whatever else happens closes it. Used on one event loop.
 */
final class Http1Connection extends ChannelInboundHandlerAdapter implements Connection, Exchange.Carrier {
    /** Receives the connections that may carry another request, and those that are gone. */
    interface Owner {
        void idle(Http1Connection connection);

        void closed(Http1Connection connection);

        /** The provider sent bytes that no request asked for. */
        void sentSurplus(Origin origin);
    }

    /** Shorter than load balancers keep an idle connection (60 s is common), so that none is closed under a request. */
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(30);

    private static final Pattern TIMEOUT = Pattern.compile("(?i)(?:^|[,\\s])timeout=(\\d{1,6})(?:$|[,\\s])");

    private final Channel channel;
    private final Lane lane;
    private final Http1ResponseDecoder decoder;
    private final Owner owner;
    private @Nullable ChannelHandlerContext context;
    private @Nullable Exchange exchange;
    private boolean reused;
    private boolean persistent;
    private Duration keepAlive = KEEP_ALIVE;
    private long idleSince = System.nanoTime();

    Http1Connection(Channel channel, Lane lane, Http1ResponseDecoder decoder, Owner owner) {
        this.channel = channel;
        this.lane = lane;
        this.decoder = decoder;
        this.owner = owner;
    }

    Lane lane() {
        return lane;
    }

    @Override
    public boolean isReused() {
        return reused;
    }

    /** For how long nothing was in flight. */
    Duration idleFor() {
        return Duration.ofNanos(System.nanoTime() - idleSince);
    }

    /** Whether the provider may soon close this connection, or already has. */
    boolean isExpired() {
        return !channel.isActive() || decoder.hasSurplus() || idleFor().compareTo(keepAlive) >= 0;
    }

    @Override
    public Exchange send(FullHttpRequest request, ExchangeListener listener) {
        var started = new Exchange(this, listener);
        exchange = started;
        persistent = false;
        decoder.expectResponse();
        channel.writeAndFlush(request).addListener(written -> {
            if (written.isSuccess()) {
                started.sent();
            } else {
                // Later, for the caller does not have the exchange yet.
                channel.eventLoop().execute(() -> started.unprocessed(written.cause()));
            }
        });
        return started;
    }

    @Override
    public void giveBack() {
        becomeIdle();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            var current = exchange;
            if (current == null || !(message instanceof HttpObject part)) {
                discard();
                return;
            }
            boolean begunBefore = current.hasBegun();
            current.read(part);
            if (!begunBefore && current.hasBegun() && part instanceof HttpResponse response) {
                // HTTP/1.0 has too many ways to say where a body ends.
                persistent = response.protocolVersion().equals(HttpVersion.HTTP_1_1)
                        && HttpUtil.isKeepAlive(response)
                        && isDelimited(response.headers());
                keepAlive = keepAlive(response.headers());
            }
            if (current.isComplete()) {
                decoder.responseComplete();
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    /** Whether the response says itself, and in one way only, where it ends; else it ends with the connection. */
    private static boolean isDelimited(HttpHeaders headers) {
        var codings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
        int lengths = headers.getAll(HttpHeaderNames.CONTENT_LENGTH).size();
        return codings.isEmpty()
                ? lengths == 1
                : codings.size() == 1 && HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(codings.getFirst());
    }

    /** A second less than the provider keeps idle connections, if it says so. */
    private static Duration keepAlive(HttpHeaders headers) {
        var value = headers.get("keep-alive");
        var timeout = value == null ? null : TIMEOUT.matcher(value);
        if (timeout == null || !timeout.find()) {
            return KEEP_ALIVE;
        }
        long seconds = Math.max(0, Long.parseLong(timeout.group(1)) - 1);
        return seconds < KEEP_ALIVE.toSeconds() ? Duration.ofSeconds(seconds) : KEEP_ALIVE;
    }

    /** Everything that was read is decoded: only now is it known whether something follows the response. */
    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        var current = exchange;
        if (decoder.hasSurplus()) {
            owner.sentSurplus(lane.origin());
            discard();
        } else if (current != null && !current.isActive()) {
            exchange = null;
            if (persistent && current.isClean() && channel.isActive()) {
                reused = true;
                resume();
                becomeIdle();
            } else {
                discard();
            }
        }
        context.fireChannelReadComplete();
    }

    private void becomeIdle() {
        idleSince = System.nanoTime();
        owner.idle(this);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        owner.closed(this);
        if (exchange != null) {
            exchange.closed();
        }
        context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (exchange != null) {
            exchange.broken(cause);
        }
        discard();
    }

    @Override
    public void pause() {
        channel.config().setAutoRead(false);
    }

    @Override
    public void resume() {
        channel.config().setAutoRead(true);
    }

    /** {@inheritDoc} From here on, and not from the end of the pipeline, whose handler first waits for what is unsent. */
    @Override
    public void discard() {
        decoder.responseAbandoned();
        owner.closed(this);
        var _ = context == null ? channel.close() : context.close();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    /** The provider has ended TLS and is about to close. */
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslCloseCompletionEvent && exchange == null) {
            discard();
        }
        context.fireUserEventTriggered(event);
    }
}

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
 * An HTTP/1.1 connection of one {@link Lane} that carries one exchange at a time. It is reused only after a response
 * was read to its end and no bytes followed it; otherwise it is closed. Used on one event loop.
 */
final class Http1Connection extends ChannelInboundHandlerAdapter implements Connection, Exchange.Carrier {
    /** Receives the state changes of a connection. */
    interface Owner {
        void idle(Http1Connection connection);

        void closed(Http1Connection connection);

        /** Called when the provider sent bytes while no response was expected. */
        void sentSurplus(Origin origin);
    }

    /**
     * Shorter than the idle timeout of common load balancers (60 s), so that none closes a connection during a request.
     */
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

    /** The time since the connection became idle. */
    Duration idleFor() {
        return Duration.ofNanos(System.nanoTime() - idleSince);
    }

    /** Whether the connection is closed, has surplus bytes or has been idle for its keep-alive time. */
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
                // Deferred, because the caller does not have the exchange yet.
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
                // HTTP/1.0 responses have no reliable message framing.
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

    /** Whether exactly one header frames the body: {@code Content-Length} or {@code Transfer-Encoding: chunked}. */
    private static boolean isDelimited(HttpHeaders headers) {
        var codings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
        int lengths = headers.getAll(HttpHeaderNames.CONTENT_LENGTH).size();
        return codings.isEmpty()
                ? lengths == 1
                : codings.size() == 1 && HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(codings.getFirst());
    }

    /** The timeout of the {@code Keep-Alive} header less one second; at most {@link #KEEP_ALIVE}, the default. */
    private static Duration keepAlive(HttpHeaders headers) {
        var value = headers.get("keep-alive");
        var timeout = value == null ? null : TIMEOUT.matcher(value);
        if (timeout == null || !timeout.find()) {
            return KEEP_ALIVE;
        }
        long seconds = Math.max(0, Long.parseLong(timeout.group(1)) - 1);
        return seconds < KEEP_ALIVE.toSeconds() ? Duration.ofSeconds(seconds) : KEEP_ALIVE;
    }

    /** Decides on reuse here, because surplus bytes are detected only after all received bytes are decoded. */
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

    /**
     * {@inheritDoc} Starts at this handler, because the last handler of the pipeline waits until unsent data is
     * written.
     */
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

    /** Closes an idle connection when the provider sends a TLS close_notify. */
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslCloseCompletionEvent && exchange == null) {
            discard();
        }
        context.fireUserEventTriggered(event);
    }
}

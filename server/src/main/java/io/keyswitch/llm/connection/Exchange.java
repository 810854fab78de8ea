package io.keyswitch.llm.connection;

import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.channels.ClosedChannelException;
import java.util.Set;

/**
 * One request and its response on one connection or stream: reads the response according to RFC 9110 and reports it
 * once. Used on one event loop.
 */
public final class Exchange {
    /** The connection or stream that carries an exchange. */
    interface Carrier {
        /** Stops reading until {@link #resume}. */
        void pause();

        void resume();

        /** Closes the carrier; further bytes belong to no exchange. */
        void discard();
    }

    private enum State {
        AWAITS_HEAD,
        IN_INTERIM,
        IN_BODY,
        COMPLETE,
        FAILED
    }

    /**
     * Statuses that are never a valid response here: requests expect content, ask for no upgrade and have no
     * conditions. Parsers disagree on whether these statuses have a body.
     */
    private static final Set<Integer> NEVER_ASKED_FOR = Set.of(101, 204, 205, 304);

    private static final int FIRST_INTERIM = 100;
    private static final int FIRST_FINAL = 200;

    private final Carrier carrier;
    private final ExchangeListener listener;
    private State state = State.AWAITS_HEAD;
    private boolean sent;
    private boolean begun;

    Exchange(Carrier carrier, ExchangeListener listener) {
        this.carrier = carrier;
        this.listener = listener;
    }

    /** Reads the next part of the response. */
    void read(HttpObject part) {
        if (part.decoderResult().isFailure()) {
            fail(part.decoderResult().cause(), false);
            return;
        }
        switch (state) {
            case AWAITS_HEAD -> head(part);
            case IN_INTERIM -> endInterim(part);
            case IN_BODY -> content(part);
            case COMPLETE, FAILED -> {}
        }
    }

    private void head(HttpObject part) {
        if (!(part instanceof HttpResponse response)) {
            fail(new MalformedResponseException("no status line"), false);
            return;
        }
        int status = response.status().code();
        if (status < FIRST_INTERIM
                || NEVER_ASKED_FOR.contains(status)
                || response.protocolVersion().majorVersion() != 1) {
            fail(new MalformedResponseException("status " + status), false);
        } else if (status < FIRST_FINAL) {
            state = State.IN_INTERIM;
            endInterim(part);
        } else {
            state = State.IN_BODY;
            begun = true;
            listener.head(status, response.headers());
            content(part);
        }
    }

    private void endInterim(HttpObject part) {
        if (part instanceof LastHttpContent) {
            state = State.AWAITS_HEAD;
        }
    }

    private void content(HttpObject part) {
        if (state == State.IN_BODY && part instanceof HttpContent content) {
            if (content.content().isReadable()) {
                listener.body(ByteBufUtil.getBytes(content.content()));
            }
            if (state == State.IN_BODY && part instanceof LastHttpContent) {
                state = State.COMPLETE;
                listener.end();
            }
        }
    }

    /** Called when the whole request was written to the socket. */
    void sent() {
        sent = true;
    }

    /** Called when the provider did not process the request: it was not written completely, or the provider says so. */
    void unprocessed(Throwable cause) {
        fail(cause, true);
    }

    /** Called when the connection or stream has ended. */
    void closed() {
        broken(new ClosedChannelException());
    }

    /** Called when the connection or stream has failed. */
    void broken(Throwable cause) {
        fail(cause, !sent);
    }

    void fail(Throwable cause, boolean unprocessed) {
        if (isActive()) {
            state = State.FAILED;
            carrier.discard();
            listener.failed(cause, unprocessed && !begun);
        }
    }

    /** Whether neither the end nor a failure was reported yet. */
    boolean isActive() {
        return state != State.COMPLETE && state != State.FAILED;
    }

    /** Whether the end was reported. */
    boolean isComplete() {
        return state == State.COMPLETE;
    }

    /** Whether a final status was reported. */
    boolean hasBegun() {
        return begun;
    }

    /** Whether request and response were both transferred completely. */
    boolean isClean() {
        return sent && state == State.COMPLETE;
    }

    /** Stops reading the response until {@link #resume}; what was already read may still be reported. */
    public void pause() {
        if (isActive()) {
            carrier.pause();
        }
    }

    public void resume() {
        if (isActive()) {
            carrier.resume();
        }
    }

    /** Cancels the exchange without notifying the listener; closes an HTTP/1.1 connection. */
    public void abort() {
        if (isActive()) {
            state = State.FAILED;
            carrier.discard();
        }
    }
}

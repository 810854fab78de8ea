package io.keyswitch.llm.connection;

import io.netty.handler.codec.http.FullHttpRequest;

/** A connection leased for one request. Used on its event loop. */
public sealed interface Connection permits Http1Connection, Http2Connection {
    /** Sends the request and releases its buffers. */
    Exchange send(FullHttpRequest request, ExchangeListener listener);

    /** Releases the connection without sending a request. */
    void giveBack();

    /** Whether it was used before, so that the provider may be closing it right now. */
    boolean isReused();
}

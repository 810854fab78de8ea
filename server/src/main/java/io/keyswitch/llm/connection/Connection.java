package io.keyswitch.llm.connection;

import io.netty.handler.codec.http.FullHttpRequest;

/** A connection that was given out for one request. Used on its event loop. */
public sealed interface Connection permits Http1Connection, Http2Connection {
    /** Sends the request; its bytes are released. */
    Exchange send(FullHttpRequest request, ExchangeListener listener);

    /** Gives the connection back without a request. */
    void giveBack();

    /** Whether it carried a request before, so that the provider may be closing it just now. */
    boolean isReused();
}

package io.keyswitch.llm.connection;

import io.netty.handler.codec.http.HttpHeaders;

/**
 * Receives the response of one exchange, on its event loop: {@code head}, {@code body} any number of times, then {@code end};
 * or {@code failed} once, at any point before the end.
 */
public interface ExchangeListener {
    /** The final status; interim responses are not reported. */
    void head(int status, HttpHeaders headers);

    void body(byte[] bytes);

    void end();

    /**
     * The exchange failed and its connection or stream is closed.
     *
     * @param unprocessed whether the provider certainly did not process the request: it was not sent completely, or the
     *     provider says so (RFC 9113, section 8.7)
     */
    void failed(Throwable cause, boolean unprocessed);
}

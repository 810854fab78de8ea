package io.keyswitch.llm.transport;

import io.keyswitch.llm.LlmFailure;
import io.netty.handler.codec.http.HttpHeaders;

/**
 * Receives the response of one call on its event loop: {@code head}, {@code body} any number of times, then
 * {@code end}; or {@code failed} once, at any point before the end.
 */
interface CallListener {
    void head(int status, HttpHeaders headers);

    void body(byte[] bytes);

    void end();

    void failed(LlmFailure failure);
}

package io.keyswitch.llm.transport;

import io.keyswitch.llm.LlmFailure;
import io.netty.handler.codec.http.HttpHeaders;

/** Follows one call. Called on one event loop: {@code head}, then {@code body} any number of times, then one of the rest. */
interface CallListener {
    void head(int status, HttpHeaders headers);

    void body(byte[] bytes);

    void end();

    void failed(LlmFailure failure);
}

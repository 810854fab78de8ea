package io.keyswitch.llm.transport;

import io.keyswitch.llm.LlmFailure;
import io.vertx.core.MultiMap;

/** Follows one call. Called on one event loop: {@code head}, then {@code body} any number of times, then one of the rest. */
interface CallListener {
    void head(int status, MultiMap headers);

    void body(byte[] bytes);

    void end();

    void failed(LlmFailure failure);
}

package io.keyswitch.llm.transport;

import io.keyswitch.llm.LlmFailure;

/** Receives the result of one attempt at a completion, exactly once, on its event loop. */
interface Attempt {
    /** Called when the answer has begun: the request is not sent again. */
    void begun();

    /** Called when the response is complete. */
    void succeeded();

    /**
     * Called when the attempt failed before the response was complete.
     *
     * @param begun whether a part of the answer has arrived, which its client may have received
     */
    void failed(LlmFailure failure, boolean begun);
}

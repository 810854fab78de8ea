package io.keyswitch.llm.transport;

import io.keyswitch.llm.LlmFailure;

/** Receives the result of one attempt at a completion, on its event loop: one of the two, once. */
interface Attempt {
    /** The answer is complete. */
    void succeeded();

    /**
     * No answer, or only a part of one.
     *
     * @param begun whether an answer had begun, so that it may have been billed
     */
    void failed(LlmFailure failure, boolean begun);
}

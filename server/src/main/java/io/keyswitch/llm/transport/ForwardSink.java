package io.keyswitch.llm.transport;

import io.keyswitch.llm.LlmFailure;

/**
 * Receives a provider's answer as it was sent, on one event loop: either one whole body, or frames and their end; or, also
 * after some frames, one failure.
 */
public interface ForwardSink {
    /** A JSON body, complete. */
    void whole(byte[] body);

    /** Complete frames of an event stream, each with its blank line. */
    void frames(byte[] frames);

    /**
     * The stream is complete.
     *
     * @param marked whether it said so itself with {@code [DONE]}
     */
    void end(boolean marked);

    void failed(LlmFailure failure);
}

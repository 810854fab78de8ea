package io.keyswitch.llm.transport;

import io.keyswitch.llm.LlmFailure;

/**
 * Receives a forwarded response on one event loop: either {@code whole} once, or {@code frames} any number of times and
 * then {@code end}; or {@code failed} once, at any point before the end.
 */
public interface ForwardSink {
    /** Called with a complete JSON body. */
    void whole(byte[] body);

    /** Called with complete frames of an event stream, each with its blank line. */
    void frames(byte[] frames);

    /**
     * Called when the stream is complete.
     *
     * @param marked whether the stream ended with {@code [DONE]}
     */
    void end(boolean marked);

    void failed(LlmFailure failure);
}

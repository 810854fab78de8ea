package io.keyswitch.llm.transport;

import io.keyswitch.llm.LlmFailure;
import java.util.Set;

/**
 * Receives a forwarded response on one event loop: either {@code whole} once, or {@code frames} any number of times and
 * then {@code end}; or {@code failed} once, at any point before the end.
 */
public interface ForwardSink {
    /** Called before each attempt with the fields of the request that it leaves out, such as {@code temperature}. */
    void leftOut(Set<String> fields);

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

package io.keyswitch.llm.transport;

/** An in-flight call to a provider. */
public interface RunningCall {
    /** Cancels the call without a final callback. May be called from any thread. */
    void cancel();

    /**
     * Stops reading until {@link #resume}, which applies backpressure to the provider. On the call's event loop only.
     */
    void pause();

    /** Resumes reading. May be called from any thread. */
    void resume();
}

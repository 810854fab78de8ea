package io.keyswitch.llm.transport;

/** An in-flight call to a provider. */
public interface RunningCall {
    /** Ends the call, from any thread; nothing more is heard of it. */
    void cancel();

    /** Stops reading, and with it the provider, until {@link #resume}. On the call's event loop only. */
    void pause();

    /** Continues reading, from any thread. */
    void resume();
}

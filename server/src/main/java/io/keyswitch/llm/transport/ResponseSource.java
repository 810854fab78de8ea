package io.keyswitch.llm.transport;

/** Lets the reader of a response drain or cancel it. */
interface ResponseSource {
    /**
     * Lets a response that is complete come to its end, so that the connection can be used again; where the end does not come
     * soon, closes it. On the call's event loop only.
     */
    void drain();

    /** Ends the call without a final callback. May be called from any thread. */
    void cancel();
}

package io.keyswitch.chat;

/** Receives the deltas of an answer. Called on one thread; may block while the reader is slow. */
public interface DeltaSink {
    void delta(String text);

    /** Whether the reader has disconnected. */
    boolean isGone();

    /** Registers a callback for when the reader disconnects. Runs on any thread, at once if it already has. */
    void onGone(Runnable callback);
}

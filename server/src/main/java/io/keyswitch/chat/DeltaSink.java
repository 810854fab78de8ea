package io.keyswitch.chat;

/** Where an answer goes while it arrives. Called on one thread; may block while the reader is slow. */
public interface DeltaSink {
    /** Takes nothing: for callers that want the whole answer. Such callers are never gone. */
    DeltaSink NONE = new DeltaSink() {
        @Override
        public void delta(String text) {}

        @Override
        public void onGone(Runnable cancel) {}
    };

    void delta(String text);

    /** Runs something, on any thread, when the reader goes away; at once if it already has. */
    void onGone(Runnable cancel);
}

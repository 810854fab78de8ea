package io.keyswitch.chat;

/** Another process has changed the thread since a message was read: it must be read again. */
final class ThreadChangedException extends RuntimeException {
    ThreadChangedException() {
        super("the thread has changed", null, false, false);
    }
}

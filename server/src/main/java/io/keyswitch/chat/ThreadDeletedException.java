package io.keyswitch.chat;

/** The thread was deleted while a message in it was being answered. */
final class ThreadDeletedException extends RuntimeException {
    ThreadDeletedException() {
        super("the thread was deleted", null, false, false);
    }
}

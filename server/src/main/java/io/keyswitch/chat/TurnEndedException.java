package io.keyswitch.chat;

/** Another process took this one for dead and ended the turn that it was answering. */
final class TurnEndedException extends RuntimeException {
    TurnEndedException() {
        super("the turn was ended by another process", null, false, false);
    }
}

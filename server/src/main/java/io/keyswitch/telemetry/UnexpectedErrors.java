package io.keyswitch.telemetry;

import org.slf4j.Logger;

/** Logs unexpected errors without exception messages, which may contain user input. */
public final class UnexpectedErrors {
    /** Limits circular chains of causes. */
    private static final int MOST_CAUSES = 10;

    private UnexpectedErrors() {}

    /** Logs an error with the class and stack trace of each cause. */
    public static void log(Logger log, String what, Throwable thrown) {
        log.error(what, withoutMessages(thrown, MOST_CAUSES));
    }

    private static Throwable withoutMessages(Throwable thrown, int causes) {
        var trace = new Throwable(thrown.getClass().getName());
        trace.setStackTrace(thrown.getStackTrace());
        if (thrown.getCause() != null && causes > 0) {
            trace.initCause(withoutMessages(thrown.getCause(), causes - 1));
        }
        return trace;
    }
}

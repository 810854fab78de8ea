package io.keyswitch.telemetry;

import org.slf4j.Logger;

/** The log entry of an error nobody foresaw. Without messages: those may quote what a user sent. */
public final class UnexpectedErrors {
    /** A chain of causes may end where it began. */
    private static final int MOST_CAUSES = 10;

    private UnexpectedErrors() {}

    /** Logs where something failed, and the class and place of each cause. */
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

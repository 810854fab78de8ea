package io.keyswitch.cli;

import io.keyswitch.doctor.Finding;
import java.io.PrintWriter;

/** Prints findings, a line each: {@code FAILED  Groq rejects the project key …}. Not thread-safe. */
final class FindingPrinter {
    private final PrintWriter out;
    private boolean failed;

    FindingPrinter(PrintWriter out) {
        this.out = out;
    }

    void print(Finding finding) {
        failed |= finding.level() == Finding.Level.FAILED;
        out.println(switch (finding.level()) {
                    case OK -> "ok      ";
                    case WARNING -> "WARNING ";
                    case FAILED -> "FAILED  ";
                }
                + finding.sentence());
        out.flush();
    }

    /** Whether anything has failed so far. */
    boolean hasFailed() {
        return failed;
    }
}

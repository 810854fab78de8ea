package io.keyswitch.cli;

import java.io.Console;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * Shows how far long work is: as a bar that is redrawn on a terminal, else as a line each ten percent. Not thread-safe.
 */
final class Progress {
    private static final int WIDTH = 30;
    private static final int PERCENT = 100;
    private static final int STEP = 10;

    private final PrintWriter out;
    private final long total;
    private final boolean redrawn;
    private final long started = System.nanoTime();
    private long shown = -1;
    /** What was done when this work began, which continues another. */
    private long already = -1;

    Progress(PrintWriter out, long total) {
        this(
                out,
                total,
                Optional.ofNullable(System.console())
                        .filter(Console::isTerminal)
                        .isPresent());
    }

    Progress(PrintWriter out, long total, boolean redrawn) {
        this.out = out;
        this.total = Math.max(1, total);
        this.redrawn = redrawn;
    }

    /** Shows how many are done. */
    void done(long count) {
        if (already < 0) {
            already = count;
        }
        long percent = Math.min(PERCENT, count * PERCENT / total);
        if (percent == shown || (!redrawn && percent / STEP == shown / STEP && shown >= 0)) {
            return;
        }
        shown = percent;
        var line = String.format(Locale.ROOT, "%3d %% (%,d of %,d)%s", percent, count, total, left(count));
        if (redrawn) {
            int full = (int) (percent * WIDTH / PERCENT);
            out.print("\r[" + "#".repeat(full) + " ".repeat(WIDTH - full) + "] " + line
                    + (percent == PERCENT ? "\n" : "  "));
        } else {
            out.println(line);
        }
        out.flush();
    }

    private String left(long count) {
        if (count <= already || count >= total) {
            return "";
        }
        var elapsed = Duration.ofNanos(System.nanoTime() - started);
        long seconds =
                elapsed.multipliedBy(total - count).dividedBy(count - already).toSeconds();
        return seconds < 2 ? "" : ", %d:%02d left".formatted(seconds / 60, seconds % 60);
    }
}

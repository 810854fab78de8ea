package io.keyswitch.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * How many files and connections may be open at once, and who gets how many of them: a quarter each for clients, for the calls
 * to providers that are made for them, and for idle connections to providers; the rest for the database and libraries.
 *
 * @param max the limit of the process
 */
public record OpenFiles(long max) {
    /** With fewer, the server runs out of them as soon as a few people use it. */
    public static final long MIN = 256;

    private static final Path LIMITS = Path.of("/proc/self/limits");
    private static final Pattern SOFT_LIMIT = Pattern.compile("(?m)^Max open files +(\\d+)");
    private static final int SHARES = 4;

    /** The limit of this process; none where the system does not publish one. */
    public static OpenFiles ofThisProcess() {
        try {
            var limit = SOFT_LIMIT.matcher(Files.exists(LIMITS) ? Files.readString(LIMITS) : "");
            return new OpenFiles(limit.find() ? Long.parseLong(limit.group(1)) : Long.MAX_VALUE);
        } catch (IOException _) {
            return new OpenFiles(Long.MAX_VALUE);
        }
    }

    public boolean isTooFew() {
        return max < MIN;
    }

    /** As many connections as are wanted, or as there are files for. */
    public int connections(int wanted) {
        return (int) Math.min(wanted, max / SHARES);
    }
}

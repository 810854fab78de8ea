package io.keyswitch.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * The open file limit of the process and its allocation: a quarter each for client connections, calls to providers and
 * idle connections to providers; the rest for the database and libraries.
 *
 * @param max the soft limit; {@link Long#MAX_VALUE} if unknown
 */
public record OpenFiles(long max) {
    /** Below this limit, a few concurrent users exhaust the file descriptors. */
    private static final long MIN = 256;

    private static final Path LIMITS = Path.of("/proc/self/limits");
    private static final Pattern SOFT_LIMIT = Pattern.compile("(?m)^Max open files +(\\d+)");
    private static final int SHARES = 4;
    private static final String CURE = "raise ulimit -n, for example with 'ulimit -n %d'";
    private static final int USUAL = 65_536;

    /** The limit of this process; {@link Long#MAX_VALUE} without {@code /proc}. */
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

    /** What keeps a server from running with this limit, for the operator. */
    public String tooFew() {
        return "ulimit -n is %d, but at least %d open files and connections are needed: %s"
                .formatted(max, MIN, CURE.formatted(USUAL));
    }

    /** What is missing if fewer connections are possible than wanted, for the operator. */
    public String fewerThan(int wanted) {
        return "limits.connections is %d, but only %d client connections are possible with ulimit -n %d: %s"
                .formatted(wanted, connections(wanted), max, CURE.formatted(Math.max(USUAL, wanted * SHARES)));
    }

    /** The wanted number of connections, capped at a quarter of the limit. */
    public int connections(int wanted) {
        return (int) Math.min(wanted, max / SHARES);
    }
}

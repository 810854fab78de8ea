package io.keyswitch.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** What a process and its descendants use, as Linux counts it in {@code /proc}. */
final class Usage {
    /** The field of {@code stat} behind the name that holds the user time; the next one holds the system time. */
    private static final int USER_TIME = 11;
    /** Linux counts in this unit for programs, whatever the kernel's own is. */
    private static final Duration TICK = Duration.ofMillis(10);

    private Usage() {}

    private static List<Long> tree(ProcessHandle process) {
        return Stream.concat(Stream.of(process), process.descendants())
                .map(ProcessHandle::pid)
                .toList();
    }

    /** The user and system time so far; in steps of 10 ms. */
    static Duration cpu(ProcessHandle process) throws IOException {
        long ticks = 0;
        for (long pid : tree(process)) {
            var stat = Path.of("/proc", Long.toString(pid), "stat");
            if (Files.exists(stat)) {
                var text = Files.readString(stat);
                var fields = text.substring(text.lastIndexOf(')') + 2).split(" ", -1);
                ticks += Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[USER_TIME + 1]);
            }
        }
        return TICK.multipliedBy(ticks);
    }

    /** The resident memory in bytes, where what processes share is counted once. */
    static long memory(ProcessHandle process) throws IOException {
        long kilobytes = 0;
        for (long pid : tree(process)) {
            var rollup = Path.of("/proc", Long.toString(pid), "smaps_rollup");
            if (Files.exists(rollup)) {
                kilobytes += Files.readString(rollup)
                        .lines()
                        .filter(line -> line.startsWith("Pss:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .sum();
            }
        }
        return kilobytes << 10;
    }
}

package io.keyswitch.bench;

import io.keyswitch.bench.Subject.Ask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import one.profiler.AsyncProfilerLoader;

/**
 * Where the CPU time of requests goes, as a flame graph: {@code Profile LAUNCHER WORK OUTPUT SECONDS ASK}, where ASK is
 * {@code plain}, {@code long}, {@code stream} or {@code paced}.
 */
final class Profile {
    private static final int CONNECTIONS = 10;
    private static final Duration WARM_UP = Duration.ofSeconds(30);

    private Profile() {}

    public static void main(String... arguments) throws IOException, InterruptedException {
        var output = Path.of(arguments[2]).toAbsolutePath();
        int seconds = Integer.parseInt(arguments[3]);
        var ask = Ask.valueOf(arguments[4].toUpperCase(Locale.ROOT));
        Files.createDirectories(output.getParent());
        try (var rig = new Rig(Path.of(arguments[0]), Path.of(arguments[1]))) {
            var user = rig.user("own", "Keyswitch");
            System.err.println("bench: warming up");
            load(user, ask, WARM_UP);
            System.err.println("bench: profiling");
            var load = CompletableFuture.runAsync(() -> load(user, ask, Duration.ofSeconds(seconds + 2L)));
            AsyncProfilerLoader.executeProfiler(
                    "-e",
                    "ctimer",
                    "-i",
                    "1ms",
                    "-d",
                    Integer.toString(seconds),
                    "-f",
                    output.toString(),
                    Long.toString(user.process().pid()));
            load.join();
        }
        System.out.println("written: " + output);
    }

    private static void load(Subject user, Ask ask, Duration time) {
        try {
            var result = Load.run(Load.Plan.asFastAsPossible(user.port(), user.request(ask), CONNECTIONS, time));
            System.err.printf("bench: %,.0f requests a second, %d failed%n", result.perSecond(), result.failed());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.keyswitch.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code keyswitch train}: runs the demo and sends it requests of every kind, while the JVM records what it loads and
 * links (JEP 483 and 514), and unpacks the native libraries. The launchers do that once after a build.
 */
@Command(
        name = "train",
        hidden = true,
        mixinStandardHelpOptions = true,
        description = "Runs the demo and sends it requests of every kind, for a JVM that records what it does.")
final class TrainCommand implements Callable<Integer> {
    private static final Map<String, String> UNLIMITED = Map.of(
            "KEYSWITCH_LIMITS_REQUESTS_PER_MINUTE", "1000000",
            "KEYSWITCH_LIMITS_REQUESTS_PER_MINUTE_PER_ADDRESS", "1000000",
            "KEYSWITCH_LIMITS_PROJECT_KEY_MESSAGES_PER_DAY", "1000000",
            "KEYSWITCH_LIMITS_CONCURRENT_COMPLETIONS", "100");

    private final ServerStarter starter;

    @Option(names = "--data", paramLabel = "DIR", required = true, description = "An empty directory.")
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private Path data;

    @Option(
            names = "--libraries",
            paramLabel = "DIR",
            required = true,
            description = "Where the native libraries are unpacked to.")
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private Path libraries;

    @Option(
            names = "--rounds",
            paramLabel = "NUMBER",
            defaultValue = "100",
            description = "How often each kind of request is sent. Default: ${DEFAULT-VALUE}.")
    private int rounds;

    TrainCommand(ServerStarter starter) {
        this.starter = starter;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        NativeLibraries.copyTo(libraries);
        try (var server = new DemoServer(starter, data, 0, DemoServer.Pace.AT_ONCE, UNLIMITED);
                var traffic = new TrainingTraffic("http://127.0.0.1:" + server.port())) {
            traffic.send(rounds);
        }
        return KeyswitchCommand.DONE;
    }
}

package io.keyswitch.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code keyswitch demo}: simulator, database, server and page on this machine; no keys, no internet. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description =
                "Runs everything on this machine, with a simulator in place of the providers: no keys, no internet.")
final class DemoCommand implements Callable<Integer> {
    private static final int MAX_PORT = 65_535;

    private final ServerStarter starter;

    @Option(names = "--port", paramLabel = "PORT", defaultValue = "8080", description = "Default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "keyswitch-demo",
            description = "Directory for conversations, encrypted keys and the log. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private Path data;

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private CommandSpec spec;

    DemoCommand(ServerStarter starter) {
        this.starter = starter;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (port < 0 || port > MAX_PORT) {
            throw new ParameterException(spec.commandLine(), "--port must be from 0 to %d.".formatted(MAX_PORT));
        }
        var server = new DemoServer(starter, data, port, DemoServer.Pace.LIKE_A_MODEL, Map.of());
        LoggerFactory.getLogger(DemoCommand.class).info("the demo is listening on port {}", server.port());
        welcome(server.port());
        UntilStopped.await(spec.commandLine().getErr(), server);
        return KeyswitchCommand.DONE;
    }

    private void welcome(int boundPort) {
        var out = spec.commandLine().getOut();
        out.println("""

                Keyswitch is running:  http://127.0.0.1:%d/

                Everything is on this machine: no keys, no internet. A simulator answers in place of the providers.

                Open it in a browser and try three things:
                  1. Say hello. The app's default model answers.
                  2. Say "I want to change my model", then gemini, default, default.
                  3. Say "switch to claude, claude-sonnet-5-5" and paste a made-up key: sk-ant-demo-1234567890-abcd.
                     It is checked and stored encrypted; the conversation keeps only its last four characters.

                Data and log: %s    Stop: Ctrl-C
                """.formatted(boundPort, data.toAbsolutePath().normalize()));
        out.flush();
    }
}

package io.keyswitch.cli;

import io.keyswitch.simulator.Simulator;
import io.vertx.core.Vertx;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code keyswitch simulator}: starts the provider simulator. */
@Command(
        name = "simulator",
        mixinStandardHelpOptions = true,
        description = "Starts the simulator alone: a stand-in for every provider, on this machine.",
        footer = {"", "Prints at startup how it responds and how to make it fail."})
final class SimulatorCommand implements Callable<Integer> {
    @Option(names = "--port", paramLabel = "PORT", defaultValue = "9100", description = "Default: ${DEFAULT-VALUE}.")
    private int port;

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        var vertx = Vertx.vertx();
        Simulator simulator;
        try {
            simulator = Simulator.start(vertx, port);
        } catch (IllegalStateException e) {
            spec.commandLine().getErr().println("keyswitch: --port " + port + " cannot be used: " + e.getMessage());
            return KeyswitchCommand.FAILED;
        }
        var out = spec.commandLine().getOut();
        out.println("The simulator is listening on " + simulator.baseUrl() + "\n");
        out.println(Simulator.guide());
        out.flush();
        UntilStopped.await(
                spec.commandLine().getErr(), simulator, () -> vertx.close().await());
        return KeyswitchCommand.DONE;
    }
}

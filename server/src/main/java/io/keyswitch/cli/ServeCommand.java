package io.keyswitch.cli;

import io.keyswitch.doctor.Doctor;
import io.keyswitch.http.web.WebPage;
import io.keyswitch.settings.SettingsLoader.Purpose;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code keyswitch serve}: starts the server. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = "Starts the server. Refuses to start with settings that are not safe, and says why.")
final class ServeCommand implements Callable<Integer> {
    private final ServerStarter starter;

    @Option(
            names = "--check",
            description = "Check the settings, the database and the project keys, and exit without serving.")
    private boolean check;

    @Mixin
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private ConfigOption config;

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private CommandSpec spec;

    ServeCommand(ServerStarter starter) {
        this.starter = starter;
    }

    @Override
    public Integer call() throws InterruptedException {
        var settings = config.load(Purpose.SERVE);
        settings.log().level().apply();
        FileLimit.check(settings);
        if (check) {
            var findings = new FindingPrinter(spec.commandLine().getOut());
            new Doctor(settings, findings::print).examineForServing();
            return findings.hasFailed() ? KeyswitchCommand.FAILED : KeyswitchCommand.DONE;
        }
        var running = starter.start(settings, WebPage.SignIn.NONE);
        LoggerFactory.getLogger(ServeCommand.class)
                .info(
                        "listening on http://{}:{}{}/",
                        settings.server().host(),
                        running.port(),
                        Objects.requireNonNullElse(settings.server().basePath(), ""));
        UntilStopped.await(spec.commandLine().getErr(), running);
        return KeyswitchCommand.DONE;
    }
}

package io.keyswitch.cli;

import io.keyswitch.core.Json;
import io.keyswitch.doctor.Doctor;
import io.keyswitch.doctor.Finding;
import io.keyswitch.settings.Settings;
import io.keyswitch.settings.SettingsException;
import io.keyswitch.settings.SettingsLoader.Purpose;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code keyswitch doctor}: examines everything that a server needs. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = {
            "Examines settings, database, stored keys, project keys, providers, clock, disk and limits, also beside a running"
                    + " server. Changes nothing.",
            "Exits with 1 if something must be mended, and with 2 if the settings have mistakes."
        })
final class DoctorCommand implements Callable<Integer> {
    private record Report(boolean ok, List<Entry> findings) {}

    private record Entry(String area, String level, String sentence) {}

    @Option(names = "--json", description = "Print JSON: {ok, findings: [{area, level, sentence}]}.")
    private boolean json;

    @Mixin
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private ConfigOption config;

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private CommandSpec spec;

    @Override
    public Integer call() {
        Settings settings;
        try {
            settings = config.load(Purpose.SERVE);
        } catch (SettingsException e) {
            if (!json) {
                throw e;
            }
            print(Doctor.findings(e));
            return KeyswitchCommand.WRONG_USAGE;
        }
        var findings = new ArrayList<Finding>();
        var printed = new FindingPrinter(spec.commandLine().getOut());
        new Doctor(settings, finding -> {
                    findings.add(finding);
                    if (!json) {
                        printed.print(finding);
                    }
                })
                .examine();
        if (json) {
            print(findings);
        }
        return isOk(findings) ? KeyswitchCommand.DONE : KeyswitchCommand.FAILED;
    }

    private static boolean isOk(List<Finding> findings) {
        return findings.stream().noneMatch(finding -> finding.level() == Finding.Level.FAILED);
    }

    private void print(List<Finding> findings) {
        var entries = findings.stream()
                .map(finding -> new Entry(finding.area(), finding.level().word(), finding.sentence()))
                .toList();
        spec.commandLine().getOut().println(Json.text(new Report(isOk(findings), entries)));
        spec.commandLine().getOut().flush();
    }
}

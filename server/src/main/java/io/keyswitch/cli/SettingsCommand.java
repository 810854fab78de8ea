package io.keyswitch.cli;

import io.keyswitch.settings.SettingsPrinter;
import io.keyswitch.settings.SettingsSchema;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code keyswitch settings}: checks and prints the settings. */
@Command(
        name = "settings",
        mixinStandardHelpOptions = true,
        description =
                "Checks the settings and prints the effective ones as a settings file, with the source of each value."
                        + " Secrets are never printed.")
final class SettingsCommand implements Runnable {
    @Mixin
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private ConfigOption config;

    @Option(names = "--changed", description = "Print only values set by the file or the environment.")
    private boolean changed;

    @Option(names = "--schema", description = "Print the JSON schema of the settings file instead.")
    private boolean schema;

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private CommandSpec spec;

    @Override
    public void run() {
        var out = spec.commandLine().getOut();
        if (schema) {
            out.print(SettingsSchema.text());
            out.flush();
        } else {
            SettingsPrinter.print(config.file(), System.getenv(), changed, out);
        }
    }
}

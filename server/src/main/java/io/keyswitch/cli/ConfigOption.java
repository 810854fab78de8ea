package io.keyswitch.cli;

import io.keyswitch.settings.Settings;
import io.keyswitch.settings.SettingsLoader;
import io.keyswitch.settings.SettingsLoader.Purpose;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --config}: the settings file; by default {@code keyswitch.yaml} in the working directory, if it exists. */
final class ConfigOption {
    private static final Path USUAL = Path.of("keyswitch.yaml");

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The settings file. Default: keyswitch.yaml in this directory, if it exists.")
    private @Nullable Path file;

    Settings load(Purpose purpose) {
        return SettingsLoader.load(file(), System.getenv(), purpose);
    }

    /** The file to read; null if none is given and the default does not exist. */
    @Nullable
    Path file() {
        return file == null && Files.exists(USUAL) ? USUAL : file;
    }
}

package io.keyswitch.cli;

import io.keyswitch.settings.Settings;
import io.keyswitch.settings.SettingsLoader;
import io.keyswitch.settings.SettingsLoader.Purpose;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --config}: the settings file, and how it is found when it is not named. */
final class ConfigOption {
    private static final Path USUAL = Path.of("keyswitch.yaml");

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The settings file. Default: keyswitch.yaml in this directory, if it is there.")
    private @Nullable Path file;

    Settings load(Purpose purpose) {
        return SettingsLoader.load(file(), System.getenv(), purpose);
    }

    /** The file to read; null if none is named and the usual one is not there. */
    @Nullable
    Path file() {
        return file == null && Files.exists(USUAL) ? USUAL : file;
    }
}

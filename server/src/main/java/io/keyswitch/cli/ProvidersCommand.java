package io.keyswitch.cli;

import io.keyswitch.provider.Provider;
import io.keyswitch.settings.Settings;
import io.keyswitch.settings.SettingsLoader.Purpose;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code keyswitch providers}: prints the provider registry. */
@Command(
        name = "providers",
        mixinStandardHelpOptions = true,
        description = "Prints the provider registry: the built-in entries with those of the settings file.")
final class ProvidersCommand implements Runnable {
    private static final List<String> HEADER =
            List.of("ID", "NAME", "WIRE FORMAT", "DEFAULT MODEL", "PROJECT KEY", "BASE URL");

    @Mixin
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private ConfigOption config;

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private CommandSpec spec;

    @Override
    public void run() {
        var settings = config.load(Purpose.SHOW);
        var table = new Table(HEADER, spec.commandLine().getOut());
        settings.providers().all().forEach(provider -> table.add(row(provider, settings)));
        table.end();
    }

    private static List<String> row(Provider provider, Settings settings) {
        var variable = provider.keys().projectKey();
        var projectKey = variable == null
                ? "-"
                : variable + (settings.projectKeys().containsKey(provider.id()) ? " (set)" : " (not set)");
        return List.of(
                provider.id().value(),
                provider.displayName(),
                provider.wire().name().toLowerCase(Locale.ROOT),
                provider.defaultModel().value(),
                projectKey,
                provider.baseUrl());
    }
}

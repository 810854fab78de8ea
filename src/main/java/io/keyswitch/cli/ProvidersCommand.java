package io.keyswitch.cli;

import io.keyswitch.provider.Provider;
import io.keyswitch.settings.Settings;
import io.keyswitch.settings.SettingsLoader.Purpose;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code keyswitch providers}. */
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
        var rows = new ArrayList<List<String>>();
        rows.add(HEADER);
        settings.providers().all().forEach(provider -> rows.add(row(provider, settings)));
        var widths = IntStream.range(0, HEADER.size())
                .map(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        rows.forEach(row -> spec.commandLine().getOut().println(line(row, widths)));
    }

    private static List<String> row(Provider provider, Settings settings) {
        var variable = provider.projectKey();
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

    private static String line(List<String> row, int[] widths) {
        var line = new StringBuilder();
        for (int column = 0; column < row.size(); column++) {
            line.append(row.get(column))
                    .append(" ".repeat(widths[column] - row.get(column).length() + 2));
        }
        return line.toString().stripTrailing();
    }
}

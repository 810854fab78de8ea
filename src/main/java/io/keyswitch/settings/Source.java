package io.keyswitch.settings;

import io.keyswitch.core.Spelling;
import io.keyswitch.secret.ApiKey;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The environment behind the settings file, and the mistakes found so far. Not thread-safe. */
final class Source {
    static final String PREFIX = "KEYSWITCH_";

    /** Variables of the launcher and the tests, which are no settings. */
    private static final Set<String> NOT_SETTINGS = Set.of(
            "KEYSWITCH_TEST_DATA",
            "KEYSWITCH_JAVA_HOME",
            "KEYSWITCH_JAVA_OPTS",
            "KEYSWITCH_ADOPTIUM_API",
            "KEYSWITCH_JDK_DIRECTORY");

    private final Map<String, String> environment;
    private final Set<String> asked = new LinkedHashSet<>();
    private final List<String> problems = new ArrayList<>();

    Source(Map<String, String> environment) {
        this.environment = environment;
    }

    void problem(String setting, String whatAndCure) {
        problems.add(setting + " " + whatAndCure);
    }

    /** The override of a setting, such as {@code KEYSWITCH_SERVER_PORT} of {@code server.port}; null if there is none. */
    @Nullable
    String variable(String path) {
        var name = variableName(path);
        return environmentVariable(name);
    }

    boolean hasVariableBelow(String path) {
        var prefix = variableName(path) + "_";
        return environment.keySet().stream().anyMatch(name -> name.startsWith(prefix));
    }

    /** A variable by its own name; null if it is unset or blank. */
    @Nullable
    String environmentVariable(String name) {
        asked.add(name);
        var value = environment.get(name);
        return value == null || value.isBlank() ? null : value.strip();
    }

    /** A secret, which stands in a variable alone; null if there is none, or it could not be a header's value. */
    @Nullable
    ApiKey secret(String name) {
        var text = environmentVariable(name);
        if (text == null) {
            return null;
        }
        if (!ApiKey.isValid(text)) {
            problem(name, "must have 8 to 512 visible ASCII characters and no blanks");
            return null;
        }
        return ApiKey.of(text);
    }

    static String variableName(String path) {
        return PREFIX
                + path.replaceAll("([a-z0-9])([A-Z])", "$1_$2")
                        .replaceAll("[^A-Za-z0-9]+", "_")
                        .toUpperCase(Locale.ROOT);
    }

    /** Reports variables that look like settings and are none. */
    void reportUnknownVariables() {
        for (var name : new TreeSet<>(environment.keySet())) {
            if (name.startsWith(PREFIX) && !asked.contains(name) && !NOT_SETTINGS.contains(name)) {
                var near = Spelling.nearest(name, asked);
                problem(
                        "environment variable " + name,
                        near == null
                                ? "is no setting: remove it, or see docs/settings.md for the names"
                                : "is no setting: did you mean " + near + "?");
            }
        }
    }

    void failOnProblems() {
        if (!problems.isEmpty()) {
            throw new SettingsException(problems);
        }
    }
}

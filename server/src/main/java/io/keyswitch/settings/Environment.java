package io.keyswitch.settings;

import io.keyswitch.core.Spelling;
import io.keyswitch.secret.ApiKey;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Environment variables: overrides of the settings file, and secrets, which must not be in the file. */
final class Environment {
    private static final String PREFIX = "KEYSWITCH_";

    /** Variables of the launcher and the tests, which are not settings. */
    private static final Set<String> NOT_SETTINGS = Set.of(
            "KEYSWITCH_TEST_DATA",
            "KEYSWITCH_JAVA_HOME",
            "KEYSWITCH_JAVA_OPTS",
            "KEYSWITCH_ADOPTIUM_API",
            "KEYSWITCH_JDK_DIRECTORY");

    /** Kubernetes tells every container of a namespace about a service named keyswitch. */
    private static final Pattern OF_KUBERNETES =
            Pattern.compile("KEYSWITCH_(SERVICE_(HOST|PORT(_\\w+)?)|PORT(_\\d+_(TCP|UDP)(_(PROTO|PORT|ADDR))?)?)");

    private final Map<String, String> variables;

    Environment(Map<String, String> variables) {
        this.variables = variables;
    }

    /** A variable by its name; null if it is unset or blank. */
    @Nullable
    String get(String name) {
        var value = variables.get(name);
        return value == null || value.isBlank() ? null : value.strip();
    }

    /** A secret; null if it is unset or, after reporting a mistake, invalid. */
    @Nullable
    ApiKey secret(String name, Mistakes mistakes) {
        var text = get(name);
        if (text == null) {
            return null;
        }
        if (!ApiKey.isValid(text)) {
            mistakes.variable(name, "must have 8 to 512 visible ASCII characters and no blanks");
            return null;
        }
        return ApiKey.of(text);
    }

    /** Overrides settings in a tree with environment variables and reports unknown {@code KEYSWITCH_} variables. */
    void layOver(ObjectNode tree, List<Shape.Leaf> leaves, Origins origins, Mistakes mistakes) {
        var known = new LinkedHashSet<String>();
        for (var leaf : leaves) {
            var name = variable(leaf.path());
            known.add(name);
            var text = get(name);
            if (text != null) {
                SettingsTree.put(tree, leaf, text);
                origins.fromVariable(leaf.path(), name);
            }
        }
        for (var name : new TreeSet<>(variables.keySet())) {
            if (name.startsWith(PREFIX)
                    && !known.contains(name)
                    && !NOT_SETTINGS.contains(name)
                    && !OF_KUBERNETES.matcher(name).matches()) {
                var near = Spelling.nearest(name, known);
                var cure = near == null
                        ? "Remove it, or see docs/settings.md for the names."
                        : "Did you mean \"" + near + "\"?";
                mistakes.inEnvironment("Unknown environment variable \"" + name + "\". " + cure);
            }
        }
    }

    /** The variable of a setting, such as {@code KEYSWITCH_SERVER_PORT} for {@code server.port}. */
    static String variable(String path) {
        return PREFIX
                + path.replaceAll("([a-z0-9])([A-Z])", "$1_$2")
                        .replaceAll("[^A-Za-z0-9]+", "_")
                        .toUpperCase(Locale.ROOT);
    }
}

package io.keyswitch.settings;

import io.keyswitch.secret.ScannedText;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Prints the effective settings as a settings file, with the source of each value. Secrets are masked. */
public final class SettingsPrinter {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9/][A-Za-z0-9_./@+-]*");
    private static final Set<String> NOT_TEXT = Set.of("null", "Null", "NULL", "~");
    /** A header whose name indicates a secret. */
    private static final Pattern SECRET_HEADER =
            Pattern.compile("(?i)providers\\..+\\.headers\\..*(?:key|token|secret|password|auth|cookie|credential).*");

    private static final int COMMENT_COLUMN = 60;

    private final SettingsLoader.Loaded loaded;
    private final boolean changedOnly;
    private final PrintWriter out;

    private SettingsPrinter(SettingsLoader.Loaded loaded, boolean changedOnly, PrintWriter out) {
        this.loaded = loaded;
        this.changedOnly = changedOnly;
        this.out = out;
    }

    /**
     * Prints the settings of a file and the environment.
     *
     * @param file null for none
     * @param changedOnly whether to omit built-in values
     * @throws SettingsException with all mistakes
     */
    public static void print(
            @Nullable Path file, Map<String, String> environment, boolean changedOnly, PrintWriter out) {
        var loaded = SettingsLoader.read(file, environment, SettingsLoader.Purpose.SHOW);
        var printer = new SettingsPrinter(loaded, changedOnly, out);
        printer.mapping(loaded.tree(), "", "");
        printer.secrets(environment);
    }

    private void mapping(ObjectNode tree, String path, String indent) {
        for (var entry : tree.properties()) {
            var at = Shape.join(path, entry.getKey());
            var key = indent + scalar(entry.getKey()) + ":";
            switch (entry.getValue()) {
                case ObjectNode below
                when isPrinted(below, at) && !below.isEmpty() -> {
                    out.println(key);
                    mapping(below, at, indent + "  ");
                }
                case ArrayNode items
                when isPrinted(items, at) && items.path(0).isObject() -> {
                    out.println(key);
                    sections(items, at, indent + "  ");
                }
                case JsonNode value
                when isPrinted(value, at) && !value.isObject() -> line(key + " " + value(value, at), at);
                default -> {}
            }
        }
    }

    private void sections(ArrayNode items, String path, String indent) {
        for (int i = 0; i < items.size(); i++) {
            out.println(indent + "-");
            mapping((ObjectNode) items.get(i), path + "[" + i + "]", indent + "  ");
        }
    }

    private boolean isPrinted(JsonNode value, String path) {
        return !changedOnly
                || loaded.origins().of(path) != null
                || value.properties().stream()
                        .anyMatch(entry -> isPrinted(entry.getValue(), Shape.join(path, entry.getKey())));
    }

    private void line(String text, String path) {
        var origin = loaded.origins().of(path);
        var padding = " ".repeat(Math.max(1, COMMENT_COLUMN - text.length()));
        out.println(text + padding + "# " + (origin == null ? "default" : origin));
    }

    private static String value(JsonNode value, String path) {
        if (value.isNull()) {
            return "null";
        }
        return value instanceof ArrayNode items
                ? items.valueStream().map(item -> value(item, path)).collect(Collectors.joining(", ", "[", "]"))
                : scalar(masked(value.asString(""), path));
    }

    private static String masked(String text, String path) {
        return SECRET_HEADER.matcher(path).matches() || ScannedText.of(text).hasSecrets() ? "••••" : text;
    }

    private static String scalar(String text) {
        return PLAIN.matcher(text).matches() && !NOT_TEXT.contains(text)
                ? text
                : StringNode.valueOf(text).toString();
    }

    private void secrets(Map<String, String> environment) {
        out.println();
        out.println("# Secrets are set by environment variables only.");
        secret(SettingsLoader.MASTER_KEY_VARIABLE, environment);
        secret(SettingsLoader.DATABASE_PASSWORD, environment);
        secret(SettingsLoader.METRICS_TOKEN, environment);
        secret(SettingsLoader.INTERNAL_TOKEN, environment);
        for (var provider : loaded.settings().providers().all()) {
            if (provider.keys().projectKey() != null) {
                secret(provider.keys().projectKey(), environment);
            }
        }
        out.flush();
    }

    private void secret(String variable, Map<String, String> environment) {
        boolean set = !environment.getOrDefault(variable, "").isBlank();
        out.println(String.format(Locale.ROOT, "# %s: %s", variable, set ? "set" : "not set"));
    }
}

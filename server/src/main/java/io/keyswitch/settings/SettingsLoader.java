package io.keyswitch.settings;

import io.keyswitch.provider.ProviderId;
import io.keyswitch.provider.ProviderRegistry;
import io.keyswitch.secret.ApiKey;
import io.keyswitch.secret.MasterKeys;
import io.keyswitch.swarmspace.registry.Plans;
import io.keyswitch.swarmspace.registry.PluginRegistry;
import io.keyswitch.swarmspace.registry.Tier;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Loads {@link Settings}: built-in values, overridden by the file, overridden by the environment. Reports all mistakes
 * at once.
 */
public final class SettingsLoader {
    public static final String MASTER_KEY_VARIABLE = "LLM_SETTINGS_ENCRYPTION_KEY";
    static final String METRICS_TOKEN = "METRICS_TOKEN";
    static final String DATABASE_PASSWORD = "DATABASE_PASSWORD";
    static final String INTERNAL_TOKEN = "SWARMSPACE_INTERNAL_TOKEN";
    private static final String PROVIDERS = "providers";
    private static final String SWARMSPACE = "swarmspace";
    private static final String PLUGINS = "plugins";

    /** The default tiers of plans. */
    private static final Map<String, Tier> TIERS = Map.of(
            "pro", Tier.STANDARD,
            "PAID", Tier.STANDARD,
            "standard", Tier.STANDARD,
            "premium", Tier.PREMIUM);

    /** The purpose of the settings, which determines what is required. */
    public enum Purpose {
        /** Display. */
        SHOW,
        /** Serving: requires a master key and a token issuer. */
        SERVE
    }

    private final Environment environment;
    private final Path directory;
    private final Purpose purpose;
    private final Origins origins;
    private final Mistakes mistakes;

    private SettingsLoader(Map<String, String> environment, Path directory, Purpose purpose, Origins origins) {
        this.environment = new Environment(environment);
        this.directory = directory;
        this.purpose = purpose;
        this.origins = origins;
        this.mistakes = new Mistakes(origins);
    }

    /**
     * Reads a settings file.
     *
     * @param file null to use only built-in values and the environment
     * @throws SettingsException with all mistakes
     */
    public static Settings load(@Nullable Path file, Map<String, String> environment, Purpose purpose) {
        return read(file, environment, purpose).settings();
    }

    /** Reads a settings file and keeps the source of each value. */
    static Loaded read(@Nullable Path file, Map<String, String> environment, Purpose purpose) {
        var parent = file == null ? null : file.toAbsolutePath().getParent();
        var directory = parent == null ? Path.of("") : parent;
        return file == null
                ? read("", "", directory, environment, purpose)
                : read(file.toString(), text(file), directory, environment, purpose);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException _) {
            throw new SettingsException(List.of("--config %s cannot be read: %s"
                    .formatted(file, Files.exists(file) ? "is it a readable text file?" : "there is no such file")));
        }
    }

    /**
     * Parses the content of a settings file.
     *
     * @param directory the base of relative paths
     * @throws SettingsException with all mistakes
     */
    public static Settings parse(String yaml, Path directory, Map<String, String> environment, Purpose purpose) {
        return read("keyswitch.yaml", yaml, directory, environment, purpose).settings();
    }

    static Loaded read(String name, String yaml, Path directory, Map<String, String> environment, Purpose purpose) {
        var root = SettingsTree.parse(name, yaml);
        var origins = new Origins(name, SettingsTree.lines(yaml));
        return new SettingsLoader(environment, directory, purpose, origins).load(root);
    }

    /**
     * Loaded settings with their sources.
     *
     * @param tree every effective setting, as in a settings file
     */
    record Loaded(Settings settings, ObjectNode tree, Origins origins) {}

    private Loaded load(JsonNode root) {
        var builtIn = SettingsTree.empty();
        builtIn.set(PROVIDERS, SettingsTree.builtIn("/providers.yaml"));
        builtIn.putObject(SWARMSPACE)
                .set(PLUGINS, SettingsTree.builtIn("/plugins.yaml").path(PLUGINS));
        var tree =
                SettingsTree.overlay(builtIn, withoutNullSections(root)) instanceof ObjectNode object && root.isObject()
                        ? object
                        : notAMapping(builtIn);
        environment.layOver(tree, Shape.leaves(tree, SettingsFile.class), origins, mistakes);
        refuseSecrets(tree);
        refuseNulls(tree.path(PROVIDERS), builtIn.path(PROVIDERS), PROVIDERS);
        refuseNulls(
                tree.path(SWARMSPACE).path(PLUGINS), builtIn.path(SWARMSPACE).path(PLUGINS), "swarmspace.plugins");

        var plugins = tree.path(SWARMSPACE).path(PLUGINS);
        var providers = tree.path(PROVIDERS);
        var chatting = ProviderEntries.behindPlugins(providers);
        var answering = new TreeSet<>(providers.propertyNames());
        answering.removeAll(chatting);
        var chats = PluginEntries.chats(plugins, answering);
        if (providers instanceof ObjectNode entries) {
            ProviderEntries.complete(entries, Set.copyOf(builtIn.path(PROVIDERS).propertyNames()), chats);
        }

        var checked = new Shape(mistakes).check(tree, SettingsFile.class);
        var file = Shape.bind(checked, SettingsFile.class);
        var pluginRegistry = PluginEntries.registry(
                file.swarmspace().plugins(),
                new PluginEntries.Providers(answering, chatting),
                Set.copyOf(builtIn.path(SWARMSPACE).path(PLUGINS).propertyNames()),
                chats,
                mistakes);
        var settings = settings(file, ProviderEntries.registry(file.providers(), mistakes), pluginRegistry);
        mistakes.failIfAny();
        return new Loaded(settings, checked, origins);
    }

    /**
     * Removes sections without a value, such as those whose entries are commented out, so that they override nothing.
     */
    private static JsonNode withoutNullSections(JsonNode root) {
        if (root instanceof ObjectNode file) {
            file.properties().removeIf(entry -> isEmpty(entry.getValue()));
            if (file.path(SWARMSPACE) instanceof ObjectNode swarmspace) {
                swarmspace.properties().removeIf(entry -> isEmpty(entry.getValue()));
            }
        }
        return root;
    }

    /** Whether a value is absent, for which the YAML parser returns an empty string. */
    private static boolean isEmpty(JsonNode value) {
        return value.isNull() || (value.isString() && value.stringValue().isEmpty());
    }

    /** Reports null entries that do not remove a built-in entry. */
    private void refuseNulls(JsonNode entries, JsonNode builtIn, String path) {
        for (var entry : entries.properties()) {
            if (entry.getValue().isNull() && !builtIn.has(entry.getKey())) {
                mistakes.at(
                        path + "." + entry.getKey(),
                        "is null, which removes a built-in entry, but none has that name: remove the line, or correct it");
            }
        }
    }

    private ObjectNode notAMapping(ObjectNode builtIn) {
        mistakes.sentence("", "The settings file must be a mapping of settings, such as server: {port: 8080}");
        return builtIn;
    }

    /** Reports secrets in the file, which would end up in backups and repositories. */
    private void refuseSecrets(ObjectNode tree) {
        refuseSecret(tree, SWARMSPACE, "internalToken", INTERNAL_TOKEN);
        refuseSecret(tree, "database", "password", DATABASE_PASSWORD);
    }

    private void refuseSecret(ObjectNode tree, String section, String name, String variable) {
        if (tree.path(section) instanceof ObjectNode entries && entries.has(name)) {
            mistakes.at(section + "." + name, "is a secret: take it out of the file and set " + variable);
            entries.remove(name);
        }
    }

    private Settings settings(SettingsFile file, ProviderRegistry providers, PluginRegistry plugins) {
        boolean serving = purpose == Purpose.SERVE;
        var rules = new SettingsRules(mistakes);
        var keys = projectKeys(providers);
        rules.server(file.server());
        rules.auth(file.auth(), file.server(), serving);
        return new Settings(
                file.server(),
                rules.database(file.database(), environment.get(DATABASE_PASSWORD)),
                file.auth(),
                assistant(file.assistant()),
                rules.defaultModel(file.standard(), providers, keys, serving),
                providers,
                keys,
                file.limits(),
                file.timeouts(),
                file.log(),
                swarmspace(file.swarmspace(), plugins),
                environment.secret(METRICS_TOKEN, mistakes),
                masterKeys());
    }

    private Settings.Assistant assistant(SettingsFile.Assistant assistant) {
        var prompt = assistant.systemPrompt() == null ? builtInPrompt() : promptFile(assistant.systemPrompt());
        return new Settings.Assistant(assistant.name(), prompt.replace("{{name}}", assistant.name()));
    }

    private String promptFile(String name) {
        try {
            return Files.readString(directory.resolve(name));
        } catch (IOException | InvalidPathException _) {
            mistakes.at(
                    "assistant.systemPrompt",
                    "is \"%s\": there is no readable text file %s/%s".formatted(name, directory, name));
            return "";
        }
    }

    private static String builtInPrompt() {
        try (InputStream in = SettingsLoader.class.getResourceAsStream("/system-prompt.md")) {
            if (in == null) {
                throw new IllegalStateException("system-prompt.md is missing from the build");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<ProviderId, ApiKey> projectKeys(ProviderRegistry providers) {
        var keys = new HashMap<ProviderId, ApiKey>();
        for (var provider : providers.all()) {
            var variable = provider.keys().projectKey();
            var text = variable == null ? null : environment.get(variable);
            if (variable != null && text != null) {
                if (ApiKey.isValid(text)) {
                    keys.put(provider.id(), ApiKey.of(text));
                } else {
                    mistakes.variable(
                            variable, "is not an API key: a key has 8 to 512 visible ASCII characters and no blanks");
                }
            }
        }
        return keys;
    }

    private Settings.Swarmspace swarmspace(SettingsFile.Swarmspace swarmspace, PluginRegistry plugins) {
        var tiers = new HashMap<>(TIERS);
        tiers.putAll(swarmspace.tiers());
        boolean hasWorkers = plugins.all().stream().anyMatch(plugin -> plugin.worker() != null);
        if (hasWorkers && environment.get(INTERNAL_TOKEN) == null) {
            mistakes.variable(
                    INTERNAL_TOKEN,
                    "is missing: plugins have a workerUrl, and their workers require this token. Generate one with"
                            + " openssl rand -hex 32 and configure it in Keyswitch and in the workers");
        }
        return new Settings.Swarmspace(
                swarmspace.tierClaim(),
                new Plans(tiers, swarmspace.upgradeUrl()),
                plugins,
                environment.secret(INTERNAL_TOKEN, mistakes));
    }

    /**
     * Requires the master keys that encrypted the keys in the database.
     *
     * @param ids the IDs of these master keys
     * @throws SettingsException if one is missing
     */
    public static void requireMasterKeys(MasterKeys masterKeys, Set<String> ids) {
        var missing = new TreeSet<>(ids);
        missing.removeAll(masterKeys.ids());
        if (!missing.isEmpty()) {
            throw new SettingsException(
                    List.of(("%s cannot decrypt the keys stored in this database (they need the master key with"
                                    + " id %s): append that master key, separated by a comma")
                            .formatted(MASTER_KEY_VARIABLE, String.join(", ", missing))));
        }
    }

    private @Nullable MasterKeys masterKeys() {
        var text = environment.get(MASTER_KEY_VARIABLE);
        if (text == null) {
            if (purpose == Purpose.SERVE) {
                mistakes.variable(
                        MASTER_KEY_VARIABLE,
                        "is missing: it encrypts your users' keys; make one with `keyswitch keygen` and keep it safe");
            }
            return null;
        }
        try {
            return MasterKeys.parse(text);
        } catch (IllegalArgumentException e) {
            mistakes.variable(MASTER_KEY_VARIABLE, e.getMessage() + ": make a good one with `keyswitch keygen`");
            return null;
        }
    }
}

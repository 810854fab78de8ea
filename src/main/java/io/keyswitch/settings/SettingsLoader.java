package io.keyswitch.settings;

import io.keyswitch.provider.ProviderId;
import io.keyswitch.provider.ProviderRegistry;
import io.keyswitch.secret.ApiKey;
import io.keyswitch.secret.MasterKeys;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads {@link Settings} from YAML and the environment, and refuses what could not be served safely. */
public final class SettingsLoader {
    public static final String MASTER_KEY_VARIABLE = "LLM_SETTINGS_ENCRYPTION_KEY";
    private static final String APP_CHECK_JWKS = "https://firebaseappcheck.googleapis.com/v1/jwks";
    private static final String GOOGLE_JWKS =
            "https://www.googleapis.com/service_accounts/v1/jwk/securetoken@system.gserviceaccount.com";
    private static final YAMLMapper YAML = YAMLMapper.builder(YAMLFactory.builder()
                    .configure(StreamReadFeature.STRICT_DUPLICATE_DETECTION, true)
                    .build())
            .build();

    /** What settings are read for. */
    public enum Purpose {
        /** To be shown. */
        SHOW,
        /** To be served with: a master key and someone to authenticate are needed. */
        SERVE
    }

    private final Source source;
    private final Path directory;
    private final Purpose purpose;

    private SettingsLoader(Map<String, String> environment, Path directory, Purpose purpose) {
        this.source = new Source(environment);
        this.directory = directory;
        this.purpose = purpose;
    }

    /**
     * Reads a settings file.
     *
     * @param file null for none: built-in defaults and the environment
     * @throws SettingsException with every mistake that was found
     */
    public static Settings load(@Nullable Path file, Map<String, String> environment, Purpose purpose) {
        var directory = file == null ? null : file.toAbsolutePath().getParent();
        var loader = new SettingsLoader(environment, directory == null ? Path.of("") : directory, purpose);
        return loader.settings(file == null ? MissingNode.getInstance() : parseYaml(file.toString(), read(file)));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new SettingsException(List.of("--config %s cannot be read: %s"
                    .formatted(file, Files.exists(file) ? "is it a readable text file?" : "there is no such file")));
        }
    }

    /**
     * Reads the text of a settings file.
     *
     * @param directory what relative paths in it start from
     * @throws SettingsException with every mistake that was found
     */
    public static Settings parse(String yaml, Path directory, Map<String, String> environment, Purpose purpose) {
        var loader = new SettingsLoader(environment, directory, purpose);
        return loader.settings(parseYaml("the settings file", yaml));
    }

    private static JsonNode parseYaml(String name, String yaml) {
        try {
            var root = yaml.isBlank() ? null : YAML.readTree(yaml);
            return root == null || root.isNull() ? MissingNode.getInstance() : root;
        } catch (JacksonException e) {
            var where = e.getLocation();
            throw new SettingsException(List.of("%s is not valid YAML at line %d, column %d: %s"
                    .formatted(name, where.getLineNr(), where.getColumnNr(), firstLine(e.getOriginalMessage()))));
        }
    }

    private static String firstLine(@Nullable String message) {
        var cure = "check the indentation, quotes and brackets there";
        return message == null
                ? cure
                : message.lines().findFirst().map(line -> line + "; " + cure).orElse(cure);
    }

    private Settings settings(JsonNode root) {
        var settings = readAll(root);
        source.reportUnknownVariables();
        source.failOnProblems();
        return settings;
    }

    private Settings readAll(JsonNode root) {
        try (var file = new Section(source, "", root)) {
            var server = server(file);
            var auth = auth(file, server);
            var builtInProviders = builtInProviders();
            var ownProviders = file.entries("providers");
            var swarmspaceReader = new SwarmspaceReader(source, ProvidersReader.ids(builtInProviders, ownProviders));
            var swarmspace = swarmspaceReader.read(file, builtIn("/plugins.yaml"));
            var providers = ProvidersReader.read(source, builtInProviders, ownProviders, swarmspaceReader.chats());
            return new Settings(
                    server,
                    database(file),
                    auth,
                    assistant(file),
                    defaultModel(file, providers),
                    providers,
                    projectKeys(providers),
                    limits(file),
                    timeouts(file),
                    swarmspace,
                    source.secret("METRICS_TOKEN"),
                    masterKeys());
        }
    }

    private static Map<String, JsonNode> builtInProviders() {
        var entries = new LinkedHashMap<String, JsonNode>();
        builtIn("/providers.yaml").properties().forEach(entry -> entries.put(entry.getKey(), entry.getValue()));
        return entries;
    }

    private static JsonNode builtIn(String file) {
        try (InputStream in = SettingsLoader.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is missing from the build");
            }
            return YAML.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Settings.Server server(Section file) {
        try (var server = file.section("server")) {
            var origins = new ArrayList<String>();
            for (var origin : server.list("allowedOrigins")) {
                if (origin.equals("*")
                        || origin.matches("https?://[A-Za-z0-9.-]+(:\\d{1,5})?|http://\\[::1](:\\d{1,5})?")) {
                    origins.add(origin);
                } else {
                    server.problem(
                            "allowedOrigins",
                            "holds “%s”: write origins as browsers send them, such as https://app.example"
                                    .formatted(origin));
                }
            }
            return new Settings.Server(
                    server.text("host", "127.0.0.1"),
                    server.integer("port", 8080, 0, 65535),
                    origins,
                    server.list("hosts"),
                    server.list("trustedProxies"));
        }
    }

    private static Settings.Database database(Section file) {
        try (var database = file.section("database")) {
            var url = database.text("url", "jdbc:sqlite:keyswitch.db");
            if (!url.matches("jdbc:sqlite:(?!:memory:)[^?]+")) {
                database.problem(
                        "url", "must begin with jdbc:sqlite: and name a file, such as jdbc:sqlite:keyswitch.db");
            }
            return new Settings.Database(url);
        }
    }

    private Settings.Auth auth(Section file, Settings.Server server) {
        try (var auth = file.section("auth")) {
            var firebase = auth.has("firebase") ? firebase(auth, server) : null;
            var issuers =
                    auth.sections("oidc").stream().map(SettingsLoader::oidc).toList();
            if (purpose == Purpose.SERVE && firebase == null && issuers.isEmpty()) {
                auth.problem(
                        "firebase",
                        "is missing: name the Firebase project whose users may come in, {projectId: my-project},"
                                + " or an issuer under auth.oidc");
            }
            refuseSharedIssuers(auth, firebase, issuers);
            return new Settings.Auth(firebase, issuers);
        }
    }

    /** A user is named by issuer and subject: of two issuers none may be the other, or begin like it. */
    private static void refuseSharedIssuers(
            Section auth, Settings.@Nullable Firebase firebase, List<Settings.Oidc> oidc) {
        var issuers = new ArrayList<String>();
        oidc.forEach(one -> issuers.add(one.issuer()));
        if (firebase != null) {
            issuers.add(Settings.Firebase.ISSUER + firebase.projectId());
        }
        for (int i = 0; i < issuers.size(); i++) {
            for (int j = 0; j < issuers.size(); j++) {
                if (i != j && (issuers.get(j) + "/").startsWith(issuers.get(i) + "/")) {
                    auth.problem(
                            "oidc",
                            "has two issuers whose users could not be told apart, %s and %s: leave one out"
                                    .formatted(issuers.get(i), issuers.get(j)));
                    return;
                }
            }
        }
    }

    private static Settings.Firebase firebase(Section auth, Settings.Server server) {
        try (var firebase = auth.section("firebase")) {
            boolean emulatorTokens = firebase.flag("emulatorTokens", false);
            if (emulatorTokens && server.allowedOrigins().contains("*")) {
                firebase.problem(
                        "emulatorTokens",
                        "lets any web page in while server.allowedOrigins holds “*”: name the origins of your pages");
            }
            if (emulatorTokens && !server.host().matches("localhost|127(\\.\\d{1,3}){3}|::1|\\[::1]")) {
                firebase.problem(
                        "emulatorTokens",
                        "lets anybody in, so it works on this machine only: set server.host to 127.0.0.1 or remove it");
            }
            return new Settings.Firebase(
                    firebase.required("projectId", "write the id of your Firebase project"),
                    url(firebase, "jwksUrl", GOOGLE_JWKS),
                    emulatorTokens,
                    firebase.has("appCheck") ? appCheck(firebase) : null);
        }
    }

    private static Settings.AppCheck appCheck(Section firebase) {
        try (var appCheck = firebase.section("appCheck")) {
            var number = appCheck.required("projectNumber", "write the number of your Firebase project");
            if (!number.isEmpty() && !number.matches("\\d{1,20}")) {
                appCheck.problem("projectNumber", "must be the project's number, which the Firebase console shows");
            }
            return new Settings.AppCheck(number, url(appCheck, "jwksUrl", APP_CHECK_JWKS));
        }
    }

    private static Settings.Oidc oidc(Section oidc) {
        try (oidc) {
            var issuer = oidc.required("issuer", "write the issuer as it stands in its tokens");
            oidc.parsed("issuer", "", BaseUrl::parse);
            return new Settings.Oidc(
                    issuer,
                    oidc.required("audience", "write what its tokens for this server have as “aud”"),
                    oidc.parsed("jwksUrl", null, text -> URI.create(BaseUrl.parse(text))));
        }
    }

    private static URI url(Section section, String key, String otherwise) {
        return URI.create(section.parsed(key, otherwise, BaseUrl::parse));
    }

    private Settings.Assistant assistant(Section file) {
        try (var assistant = file.section("assistant")) {
            var name = assistant.text("name", "LUMARA");
            var prompt = assistant.parsed("systemPrompt", null, this::promptFile);
            return new Settings.Assistant(name, (prompt == null ? builtInPrompt() : prompt).replace("{{name}}", name));
        }
    }

    private @Nullable String promptFile(String name) {
        var path = directory.resolve(name);
        try {
            return Files.readString(path);
        } catch (IOException _) {
            throw new IllegalArgumentException("is “%s”: there is no readable text file %s".formatted(name, path));
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

    private static Settings.DefaultModel defaultModel(Section file, ProviderRegistry providers) {
        try (var section = file.section("default")) {
            var provider = section.parsed("provider", null, name -> known(name, providers));
            var model = section.parsed("model", null, ProvidersReader::model);
            if (model != null && provider == null) {
                section.problem("model", "needs default.provider beside it");
            }
            return new Settings.DefaultModel(provider, model);
        }
    }

    private static @Nullable ProviderId known(String name, ProviderRegistry providers) {
        var provider = providers.named(name);
        if (provider == null) {
            var names =
                    providers.all().stream().map(known -> known.id().value()).toList();
            throw new IllegalArgumentException(
                    "is “%s”: it must be one of %s".formatted(name, String.join(", ", names)));
        }
        return provider.id();
    }

    private Map<ProviderId, ApiKey> projectKeys(ProviderRegistry providers) {
        var keys = new HashMap<ProviderId, ApiKey>();
        for (var provider : providers.all()) {
            var variable = provider.projectKey();
            var text = variable == null ? null : source.environmentVariable(variable);
            if (variable != null && text != null) {
                if (ApiKey.isValid(text)) {
                    keys.put(provider.id(), ApiKey.of(text));
                } else {
                    source.problem(
                            "environment variable " + variable,
                            "is no API key: it must have 8 to 512 visible ASCII characters and no blanks");
                }
            }
        }
        return keys;
    }

    private static Settings.Limits limits(Section file) {
        try (var limits = file.section("limits")) {
            return new Settings.Limits(
                    limits.integer("requestsPerMinute", 60, 1, 100_000_000),
                    limits.integer("requestsPerMinutePerAddress", 600, 1, 100_000_000),
                    limits.integer("concurrentCompletions", 8, 1, 10_000),
                    limits.integer("projectKeyMessagesPerDay", 50, 0, 1_000_000),
                    limits.integer("messageCharactersPerDay", 5_000_000, 1, 1_000_000_000),
                    limits.integer("connections", 20_000, 10, 10_000_000),
                    limits.integer("bodyBytes", 1 << 20, 1 << 10, 64 << 20),
                    limits.integer("historyCharacters", 60_000, 0, 10_000_000));
        }
    }

    private static Settings.Timeouts timeouts(Section file) {
        try (var timeouts = file.section("timeouts")) {
            return new Settings.Timeouts(
                    timeouts.duration("connect", Duration.ofSeconds(10)),
                    timeouts.duration("firstByte", Duration.ofSeconds(60)),
                    timeouts.duration("gap", Duration.ofSeconds(60)),
                    timeouts.duration("total", Duration.ofMinutes(10)),
                    timeouts.durationOrZero("retries", Duration.ofSeconds(10)),
                    timeouts.duration("client", Duration.ofSeconds(60)),
                    timeouts.durationOrZero("drain", Duration.ofSeconds(10)),
                    timeouts.duration("plugin", Duration.ofSeconds(25)));
        }
    }

    private @Nullable MasterKeys masterKeys() {
        var text = source.environmentVariable(MASTER_KEY_VARIABLE);
        if (text == null) {
            if (purpose == Purpose.SERVE) {
                source.problem(
                        MASTER_KEY_VARIABLE,
                        "is missing: it encrypts your users' keys; make one with `keyswitch keygen` and keep it safe");
            }
            return null;
        }
        try {
            return MasterKeys.parse(text);
        } catch (IllegalArgumentException e) {
            source.problem(MASTER_KEY_VARIABLE, e.getMessage() + ": make a good one with `keyswitch keygen`");
            return null;
        }
    }
}

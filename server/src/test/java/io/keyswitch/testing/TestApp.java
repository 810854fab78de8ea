package io.keyswitch.testing;

import io.keyswitch.App;
import io.keyswitch.AppStarter;
import io.keyswitch.core.Json;
import io.keyswitch.secret.MasterKeys;
import io.keyswitch.settings.SettingsLoader;
import io.keyswitch.simulator.Simulator;
import io.vertx.core.Vertx;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A running Keyswitch on a free port, with a real database in a temporary directory and simulated providers. */
public final class TestApp implements AutoCloseable {
    private static final List<String> PLUGINS = List.of(
            "gemini-flash",
            "brave-search",
            "semantic-scholar",
            "weather",
            "wikipedia",
            "currency",
            "news",
            "url-reader",
            "tavily-search",
            "perplexity-sonar");

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** What the nodes of one database have in common. */
    private static final class Surroundings implements AutoCloseable {
        private final Vertx vertx = Vertx.vertx();
        private final RequestSchemas schemas = new RequestSchemas();
        private final Simulator simulator = Simulator.start(
                vertx,
                0,
                Duration.ZERO,
                (request, body) ->
                        schemas.check(request.uri(), request.getHeader("anthropic-version"), body.toString()));
        private final MutableClock clock = new MutableClock();

        @Override
        public void close() {
            simulator.close();
            vertx.close().await();
            schemas.requireNoViolation();
        }
    }

    /** Of this process, and deleted when it ends: tests look at what a stopped server left behind. */
    private static final Path DIRECTORY = directoryOfProcess();

    private final Surroundings surroundings;
    private final boolean isFirst;
    private final Path directory;
    private final TestDatabase database;
    private final Duration heartbeat;
    private final Map<String, String> environment;
    private final String extraYaml;
    private App app;

    private TestApp(
            TestDatabase database,
            Path directory,
            String extraYaml,
            Map<String, String> environment,
            Duration heartbeat) {
        this.surroundings = new Surroundings();
        this.isFirst = true;
        this.directory = directory;
        this.database = database;
        this.heartbeat = heartbeat;
        this.extraYaml = extraYaml;
        this.environment = environment;
        this.app = open();
    }

    private TestApp(TestApp first) {
        this.surroundings = first.surroundings;
        this.isFirst = false;
        this.directory = first.directory;
        this.database = first.database;
        this.heartbeat = first.heartbeat;
        this.extraYaml = first.extraYaml;
        this.environment = first.environment;
        this.app = open();
    }

    /** Starts another node on the same PostgreSQL database. To be closed before this one. */
    public TestApp another() {
        return new TestApp(this);
    }

    /** Starts with additional settings and without project keys on PostgreSQL, whatever this run is for. */
    public static TestApp startOnPostgresql(String extraYaml) {
        return startOn(TestDatabase.postgresql(), extraYaml);
    }

    /** Starts on a database, with additional settings and without project keys. */
    public static TestApp startOn(TestDatabase database, String extraYaml) {
        return start(database, temporary(), extraYaml, Map.of(), Duration.ofSeconds(10));
    }

    /** Starts with project keys for Groq and Gemini, like the demo. */
    public static TestApp start() {
        return start("");
    }

    /**
     * Starts with additional settings.
     *
     * @param extraYaml entries below {@code providers:}, indented by two spaces, or further sections
     */
    public static TestApp start(String extraYaml) {
        return start(extraYaml, Map.of("GROQ_API_KEY", "project-key-groq", "GEMINI_API_KEY", "project-key-gemini"));
    }

    public static TestApp start(String extraYaml, Map<String, String> projectKeys) {
        return start(extraYaml, projectKeys, Duration.ofSeconds(10));
    }

    /** Starts with heartbeats after 300 ms of silence. */
    public static TestApp startImpatient(String extraYaml) {
        return start(extraYaml, Map.of(), Duration.ofMillis(300));
    }

    private static TestApp start(String extraYaml, Map<String, String> projectKeys, Duration heartbeat) {
        var directory = temporary();
        return start(TestDatabase.in(directory), directory, extraYaml, projectKeys, heartbeat);
    }

    private static TestApp start(
            TestDatabase database,
            Path directory,
            String extraYaml,
            Map<String, String> projectKeys,
            Duration heartbeat) {
        var environment = new HashMap<>(projectKeys);
        environment.putIfAbsent(SettingsLoader.MASTER_KEY_VARIABLE, MasterKeys.generate());
        return new TestApp(database, directory, extraYaml, environment, heartbeat);
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory(DIRECTORY, "app");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path directoryOfProcess() {
        try {
            var directory = Files.createTempDirectory("keyswitch-test");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(directory)));
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void delete(Path directory) {
        try (var files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private App open() {
        var yaml = database.yaml() + """
                server: {port: 0, allowedOrigins: ["https://app.example"]}
                auth: {firebase: {projectId: %s, emulatorTokens: true}}
                limits: {requestsPerMinute: 100000, requestsPerMinutePerAddress: 10000000, projectKeyMessagesPerDay: 100000, concurrentCompletions: 1000}
                timeouts: {connect: 2s, firstByte: 3s, gap: 2s, total: 20s, retries: 0s, plugin: 2s}
                providers:
                  groq: {baseUrl: "%2$s/groq/openai/v1"}
                  openai: {baseUrl: "%2$s/openai/v1"}
                  anthropic: {baseUrl: "%2$s/anthropic/v1"}
                  gemini: {baseUrl: "%2$s/gemini/v1beta"}
                  cloudflare: {baseUrl: "%2$s/cloudflare/client/v4/accounts/{accountId}/ai/v1"}
                  mistral: {baseUrl: "%2$s/compatible/mistral/v1"}
                  xai: {baseUrl: "%2$s/compatible/xai/v1"}
                  deepseek: {baseUrl: "%2$s/compatible/deepseek/v1"}
                  openrouter: {baseUrl: "%2$s/compatible/openrouter/v1"}
                  together: {baseUrl: "%2$s/compatible/together/v1"}
                  fireworks: {baseUrl: "%2$s/compatible/fireworks/v1"}
                  cerebras: {baseUrl: "%2$s/compatible/cerebras/v1"}
                  perplexity: {baseUrl: "%2$s/compatible/perplexity/v1"}
                """.formatted(Tokens.PROJECT, simulatorUrl()) + extraYaml;
        var settings = SettingsLoader.parse(yaml, directory, withPlugins(), SettingsLoader.Purpose.SERVE);
        return AppStarter.start(settings, clock(), heartbeat);
    }

    /** The environment with simulated workers for all plugins except exa-search. */
    private Map<String, String> withPlugins() {
        var all = new HashMap<>(environment);
        all.putIfAbsent("SWARMSPACE_INTERNAL_TOKEN", Simulator.INTERNAL_TOKEN);
        all.putIfAbsent("KEYSWITCH_SWARMSPACE_UPGRADE_URL", "https://app.example/upgrade");
        for (var plugin : PLUGINS) {
            var name = plugin.toUpperCase(Locale.ROOT).replace('-', '_');
            all.putIfAbsent(
                    "KEYSWITCH_SWARMSPACE_PLUGINS_" + name + "_WORKER_URL", simulatorUrl() + "/plugins/" + plugin);
        }
        return all;
    }

    /** Stops the server and starts another on the same database. */
    public void restart() {
        app.close();
        app = open();
    }

    /** Stops the server, changes its files, and starts it again. */
    public void restartAfter(Runnable change) {
        app.close();
        change.run();
        app = open();
    }

    /** Restarts the server with changed environment variables. */
    public void restart(Map<String, String> changes) {
        app.close();
        environment.putAll(changes);
        app = open();
    }

    public String masterKey() {
        return java.util.Objects.requireNonNull(environment.get(SettingsLoader.MASTER_KEY_VARIABLE));
    }

    public MutableClock clock() {
        return surroundings.clock;
    }

    public Path directory() {
        return directory;
    }

    /** The file of the SQLite database. */
    public Path database() {
        return database.file();
    }

    public TestDatabase data() {
        return database;
    }

    public String simulatorUrl() {
        return surroundings.simulator.baseUrl();
    }

    public App app() {
        return app;
    }

    public String url() {
        return "http://127.0.0.1:" + app.port();
    }

    public int port() {
        return app.port();
    }

    /** Calls a function as a user. @return the HTTP response, whatever its status */
    public HttpResponse<String> post(String name, Object data, @Nullable String user) {
        return post(name, data, user, Map.of());
    }

    public HttpResponse<String> post(String name, Object data, @Nullable String user, Map<String, String> headers) {
        var request = request(name, data, user);
        headers.forEach(request::header);
        return send(request.build());
    }

    /** Builds the request of a function call. */
    public HttpRequest.Builder request(String name, Object data, @Nullable String user) {
        var envelope = new HashMap<String, @Nullable Object>();
        envelope.put("data", data);
        var request = HttpRequest.newBuilder(URI.create(url() + "/" + name))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.bytes(envelope)));
        if (user != null) {
            request.header("Authorization", "Bearer " + Tokens.emulator(user));
        }
        return request;
    }

    public static HttpResponse<String> send(HttpRequest request) {
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Calls a function that must succeed. @return its result */
    public JsonNode call(String name, Object data, String user) {
        var answer = post(name, data, user);
        var body = parse(answer.body());
        if (answer.statusCode() != 200) {
            throw new AssertionError(name + " answered " + answer.statusCode() + " " + answer.body());
        }
        return body.path("result");
    }

    /** Calls a function that must fail. @return its error */
    public JsonNode fail(String name, Object data, String user) {
        var answer = post(name, data, user);
        if (answer.statusCode() == 200) {
            throw new AssertionError(name + " succeeded: " + answer.body());
        }
        return parse(answer.body()).path("error");
    }

    public static JsonNode parse(String json) {
        var node = Json.readFromProvider(json);
        if (node == null) {
            throw new AssertionError("not JSON: " + json);
        }
        return node;
    }

    /** Sends a chat message. @return the result of the call */
    public JsonNode say(String user, String thread, String message) {
        return call("sendChatMessage", Map.of("threadId", thread, "message", message), user);
    }

    /** Sends a chat message. @return the assistant's reply */
    public String chat(String user, String thread, String message) {
        return say(user, thread, message).path("message").path("content").stringValue();
    }

    @Override
    public void close() {
        app.close();
        if (isFirst) {
            surroundings.close();
        }
    }
}

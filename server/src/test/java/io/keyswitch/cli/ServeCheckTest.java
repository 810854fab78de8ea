package io.keyswitch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.secret.MasterKeys;
import io.keyswitch.testing.Command;
import io.keyswitch.testing.FakeProvider;
import io.keyswitch.testing.TestApp;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code serve --check} as a process of its own. */
@Timeout(300)
class ServeCheckTest {
    private static final String PROJECT_KEY = "gsk_canary0project0key0a1b2";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private Command check(Path database, String provider, Map<String, String> environment) throws Exception {
        Files.writeString(directory.resolve("keyswitch.yaml"), """
                database: {url: 'jdbc:sqlite:%s'}
                auth: {firebase: {projectId: my-project}}
                providers: {groq: {baseUrl: '%s/v1'}}
                """.formatted(database, provider));
        return Command.run(directory, environment, "serve", "--check");
    }

    private static Map<String, String> environment() {
        return Map.of("LLM_SETTINGS_ENCRYPTION_KEY", MasterKeys.generate(), "GROQ_API_KEY", PROJECT_KEY);
    }

    private static FakeProvider listing(int status, String body) {
        return FakeProvider.answering((_, out) -> out.json(status, body)).unchecked();
    }

    @Test
    void acceptedProjectKeyPassesAndNothingIsCreated() throws Exception {
        try (var provider = listing(200, "{\"data\":[{\"id\":\"openai/gpt-oss-120b\"}]}")) {
            var database = directory.resolve("none.db");
            var check = check(database, provider.baseUrl(), environment());
            assertThat(check.out())
                    .contains("ok      The settings are valid")
                    .contains("ok      There is no database yet")
                    .contains("ok      Groq accepts the project key in GROQ_API_KEY")
                    .doesNotContain("canary");
            assertThat(check.exitCode()).as(check.err()).isZero();
            assertThat(database).doesNotExist();
            assertThat(provider.seen())
                    .singleElement()
                    .satisfies(seen -> assertThat(seen.method()).isEqualTo("GET"));
        }
    }

    @Test
    void rejectedProjectKeyFailsWithProviderVariableAndCure() throws Exception {
        try (var provider = listing(401, "{\"error\":{\"message\":\"no\",\"code\":\"invalid_api_key\"}}")) {
            var check = check(directory.resolve("none.db"), provider.baseUrl(), environment());
            assertThat(check.out())
                    .contains("FAILED  Groq rejects the project key in GROQ_API_KEY: set a valid key and restart")
                    .doesNotContain("canary");
            assertThat(check.exitCode()).isEqualTo(1);
        }
    }

    @Test
    void unlistedDefaultModelFails() throws Exception {
        try (var provider = listing(200, "{\"data\":[{\"id\":\"another-model\"}]}")) {
            var check = check(directory.resolve("none.db"), provider.baseUrl(), environment());
            assertThat(check.out()).contains("FAILED  Groq does not list the model openai/gpt-oss-120b");
            assertThat(check.exitCode()).isEqualTo(1);
        }
    }

    @Test
    void projectKeyOfAProviderWithoutACheckIsReportedAsUnchecked() throws Exception {
        try (var provider = listing(500, "{}")) {
            var environment = new HashMap<>(environment());
            environment.put("OTHER_KEY", "another-project-key");
            Files.writeString(directory.resolve("other.yaml"), """
                    database: {url: 'jdbc:sqlite:none.db'}
                    auth: {firebase: {projectId: my-project}}
                    default: {provider: other}
                    providers:
                      groq: null
                      other: {baseUrl: '%s/v1', defaultModel: m-1, projectKey: OTHER_KEY}
                    """.formatted(provider.baseUrl()));
            var check = Command.run(directory, environment, "serve", "--check", "--config", "other.yaml");
            assertThat(check.out()).contains("ok      other has no call that checks a key (check.get)");
            assertThat(check.exitCode()).as(check.err()).isZero();
            assertThat(provider.seen()).isEmpty();
        }
    }

    @Test
    void unreachableProviderPasses() throws Exception {
        int closed;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }
        var check = check(directory.resolve("none.db"), "http://127.0.0.1:" + closed, environment());
        assertThat(check.out()).contains("ok      Groq could not be reached");
        assertThat(check.exitCode()).isZero();
    }

    @Test
    void invalidSettingsFailWithCodeTwo() throws Exception {
        var check = check(directory.resolve("none.db"), "not a url", environment());
        assertThat(check.exitCode()).isEqualTo(2);
        assertThat(check.err()).contains("providers.groq.baseUrl");
    }

    @Test
    void databaseOfARunningServerIsChecked() throws Exception {
        try (var app = TestApp.start();
                var provider = listing(200, "{\"data\":[{\"id\":\"openai/gpt-oss-120b\"}]}")) {
            app.call(
                    "updateUserModelConfig",
                    Map.of("provider", "openai", "modelId", "gpt-5.4", "apiKey", "sk-one-of-alice-1a2b"),
                    "alice");
            app.chat("alice", "t", "hello");
            var masterKey = Map.of("LLM_SETTINGS_ENCRYPTION_KEY", app.masterKey());
            var sound = check(app.database(), provider.baseUrl(), masterKey);
            assertThat(sound.out())
                    .contains("is sound (users: 1, messages: 2, 0.")
                    .contains("ok      The master key decrypts the stored API keys");
            assertThat(sound.exitCode()).as(sound.err()).isZero();

            var otherKey = check(app.database(), provider.baseUrl(), environment());
            assertThat(otherKey.err()).contains("cannot decrypt the keys stored in this database");
            assertThat(otherKey.exitCode()).isEqualTo(2);

            app.call(
                    "updateUserModelConfig",
                    Map.of("provider", "groq", "modelId", "openai/gpt-oss-120b", "useProjectKey", true),
                    "alice");
            var unset = check(app.database(), provider.baseUrl(), masterKey);
            assertThat(unset.out())
                    .contains(
                            "FAILED  Users chose the project key of Groq (model configs: 1), but GROQ_API_KEY is not set");
            assertThat(unset.exitCode()).isEqualTo(1);
        }
    }

    @Test
    void damagedDatabaseFails() throws Exception {
        var database = Files.writeString(directory.resolve("damaged.db"), "not a database".repeat(1000));
        var check = check(database, "http://127.0.0.1:1", environment());
        assertThat(check.exitCode()).isEqualTo(1);
        assertThat(check.err()).contains("keyswitch: " + database + " cannot be read as a database");
    }
}

package io.keyswitch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyswitch.core.Json;
import io.keyswitch.secret.MasterKeys;
import io.keyswitch.settings.SettingsException;
import io.keyswitch.settings.SettingsLoader;
import io.keyswitch.testing.FakeProvider;
import io.keyswitch.testing.LogLines;
import io.keyswitch.testing.TestApp;
import io.keyswitch.testing.Tokens;
import java.net.URI;
import java.net.http.HttpRequest;
import java.sql.SQLException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Stored keys cannot be decrypted after their row, base URL or master key was replaced, and the error says so. */
@Tag("database")
class KeysAtRestTest {
    private final TestApp app = TestApp.start();

    @BeforeEach
    void storeKeys() {
        for (var user : new String[] {"alice", "bob"}) {
            app.call(
                    "updateUserModelConfig",
                    Map.of("provider", "openai", "modelId", "gpt-5.5", "apiKey", "the-own-key-of-" + user),
                    user);
        }
    }

    @AfterEach
    void close() {
        app.close();
    }

    private void change(String sql) throws SQLException {
        try (var connection = app.data().connect();
                var statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
        app.restart();
    }

    private String sealedKeyOfAlice() throws SQLException {
        try (var connection = app.data().connect();
                var found = connection
                        .createStatement()
                        .executeQuery("SELECT sealed_key FROM api_key WHERE user_id LIKE '%alice'")) {
            assertThat(found.next()).isTrue();
            return found.getString(1);
        }
    }

    private void assertUnreadable(String user) {
        var error = app.fail("sendChatMessage", Map.of("threadId", "t", "message", "hello"), user);
        assertThat(error.path("status").stringValue()).isEqualTo("FAILED_PRECONDITION");
        assertThat(error.path("details").path("reason").stringValue()).isEqualTo("key_unreadable");
        assertThat(error.path("message").stringValue()).contains("can't be read any more. Please enter it again.");
        assertThat(app.call("getUserModelConfig", Map.of(), user)
                        .path("keySource")
                        .stringValue())
                .isEqualTo("own");
    }

    @Test
    void aSealedKeyCopiedToAnotherUserCannotBeDecrypted() throws Exception {
        change(
                "UPDATE api_key SET sealed_key = (SELECT sealed_key FROM api_key WHERE user_id LIKE '%alice') WHERE user_id LIKE '%bob'");
        assertUnreadable("bob");
        assertThat(app.chat("alice", "t", "hello")).contains("lice");
    }

    @Test
    void aKeyWhoseMasterKeyThisProcessDoesNotHaveYetNeedNotBeEnteredAgain() throws Exception {
        var bytes = Base64.getUrlDecoder().decode(sealedKeyOfAlice());
        bytes[1] ^= 1;
        change("UPDATE api_key SET sealed_key = '%s' WHERE user_id LIKE '%%alice'"
                .formatted(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)));
        var error = app.fail("sendChatMessage", Map.of("threadId", "t", "message", "hello"), "alice");
        assertThat(error.path("status").stringValue()).isEqualTo("UNAVAILABLE");
        assertThat(error.path("details").path("reason").stringValue()).isEqualTo("database");
    }

    @Test
    void aSealedKeyMovedToAnotherProviderCannotBeDecrypted() throws Exception {
        change("UPDATE model_config SET provider = 'groq' WHERE user_id LIKE '%alice'");
        assertUnreadable("alice");
        change("UPDATE api_key SET provider = 'groq' WHERE user_id LIKE '%alice'");
        assertUnreadable("alice");
    }

    @Test
    void anInvalidConfigRowIsReportedAndCanBeReplaced() throws Exception {
        for (var change : List.of("key_source = 'mine'", "provider = 'not a provider'", "model_id = ''")) {
            change("UPDATE model_config SET " + change + " WHERE user_id LIKE '%alice'");
            var error = app.fail("sendChatMessage", Map.of("threadId", "t", "message", "hello"), "alice");
            assertThat(error.path("details").path("reason").stringValue())
                    .as(change)
                    .isEqualTo("config_unreadable");
            assertThat(app.fail("getUserModelConfig", Map.of(), "alice")
                            .path("message")
                            .stringValue())
                    .isEqualTo("Your settings can't be read any more. Say “change my model” to set them up again.");
            assertThat(app.chat("alice", "flow", "switch to openai, gpt-5.5"))
                    .as(change)
                    .startsWith("Done.");
        }
        app.call("deleteUserModelConfig", Map.of(), "alice");
        assertThat(app.chat("bob", "t", "hello")).contains("bob");
    }

    @Test
    void anAlteredSealedKeyCannotBeDecrypted() throws Exception {
        change(
                "UPDATE api_key SET sealed_key = substr(sealed_key, 1, length(sealed_key) - 1) || 'A' || 'A' WHERE user_id LIKE '%alice'");
        assertUnreadable("alice");
    }

    @Test
    void aKeyMustBeEnteredAgainAfterTheBaseUrlChanges() {
        app.restart(Map.of("KEYSWITCH_PROVIDERS_OPENAI_BASE_URL", app.simulatorUrl() + "/compatible/elsewhere/v1"));
        assertUnreadable("alice");
        app.call(
                "updateUserModelConfig",
                Map.of("provider", "openai", "modelId", "elsewhere-large", "apiKey", "entered-again-1a2b"),
                "alice");
        assertThat(app.chat("alice", "t", "hello")).contains("1a2b");
    }

    @Test
    void aStoredKeyIsNotSentToAnotherBaseUrlOrAccount() throws Exception {
        var key = "alices-account-key-1a2b";
        try (var elsewhere =
                FakeProvider.answering((_, out) -> out.json(200, "{}")).unchecked()) {
            for (var account : List.of("0".repeat(32), "f".repeat(32))) {
                app.call(
                        "updateUserModelConfig",
                        Map.of(
                                "provider",
                                "cloudflare",
                                "modelId",
                                "@cf/meta/llama-3.1-8b-instruct",
                                "accountId",
                                account,
                                "apiKey",
                                key),
                        "carol");
            }
            change("UPDATE api_key SET account_id = '" + "0".repeat(32) + "' WHERE user_id LIKE '%carol'");
            assertUnreadable("carol");
            change("UPDATE api_key SET account_id = '" + "f".repeat(32) + "' WHERE user_id LIKE '%carol'");
            app.restart(Map.of(
                    "KEYSWITCH_PROVIDERS_CLOUDFLARE_BASE_URL",
                    elsewhere.baseUrl() + "/accounts/{accountId}/ai/v1",
                    "KEYSWITCH_PROVIDERS_OPENAI_BASE_URL",
                    elsewhere.baseUrl() + "/v1"));
            for (var user : List.of("alice", "carol")) {
                assertUnreadable(user);
                app.post("sendChatMessage", Map.of("threadId", "t", "message", "hello"), user);
                app.post("listModels", Map.of("provider", "openai"), user);
                app.post("listModels", Map.of("provider", "cloudflare"), user);
                app.post("swarmspaceRouter", Map.of("plugin_id", "gemini-flash", "params", Map.of()), user);
                app.post("updateUserModelConfig", Map.of("provider", "openai", "modelId", "gpt-5.5"), user);
                app.post("updateUserModelConfig", Map.of("provider", "cloudflare", "modelId", "m-1"), user);
                app.post(
                        "updateUserModelConfig",
                        Map.of("provider", "cloudflare", "modelId", "m-1", "accountId", "f".repeat(32)),
                        user);
                var body = Json.bytes(Map.of("messages", List.of(Map.of("role", "user", "content", "hi"))));
                for (var path : List.of("/v1/chat/completions", "/v1/models")) {
                    TestApp.send(HttpRequest.newBuilder(URI.create(app.url() + path))
                            .header("Content-Type", "application/json")
                            .header("Authorization", "Bearer " + Tokens.emulator(user))
                            .method(
                                    path.endsWith("models") ? "GET" : "POST",
                                    path.endsWith("models")
                                            ? HttpRequest.BodyPublishers.noBody()
                                            : HttpRequest.BodyPublishers.ofByteArray(body))
                            .build());
                }
            }
            assertThat(elsewhere.seen()).isEmpty();
        }
    }

    @Test
    void startupFailsIfTheMasterKeyCannotDecryptTheStoredKeys() {
        assertThatThrownBy(() -> app.restart(Map.of(SettingsLoader.MASTER_KEY_VARIABLE, MasterKeys.generate())))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("LLM_SETTINGS_ENCRYPTION_KEY cannot decrypt the keys stored in this database");
    }

    @Test
    void storedKeysAreReadableAfterANewMasterKeyIsPrepended() {
        app.restart(Map.of(SettingsLoader.MASTER_KEY_VARIABLE, MasterKeys.generate() + "," + app.masterKey()));
        assertThat(app.chat("alice", "t", "hello")).contains("lice");
    }

    @Test
    void aChangedBaseUrlIsReportedAtStartWithTheNumberOfUnreadableKeys() {
        try (var log = LogLines.of("io.keyswitch.App")) {
            app.restart();
            assertThat(log.lines()).isEmpty();
            app.restart(Map.of("KEYSWITCH_PROVIDERS_OPENAI_BASE_URL", "http://127.0.0.1:9/v1"));
            assertThat(log.lines()).singleElement().asString().contains("WARN 2 stored keys for OpenAI");
            assertUnreadable("alice");
            assertThat(app.chat("alice", "t", "which model am I using?")).contains("can't be read any more");
            app.restart(Map.of("KEYSWITCH_PROVIDERS_OPENAI_BASE_URL", app.simulatorUrl() + "/openai/v1"));
            assertThat(log.lines()).hasSize(1);
            assertThat(app.chat("alice", "t", "hello")).isNotBlank();
            assertThat(app.chat("alice", "t", "which model am I using?")).doesNotContain("can't be read");
        }
    }

    @Test
    void anUnreadableKeyIsLoggedOnceForEachUser() throws Exception {
        change("UPDATE model_config SET provider = 'groq'");
        try (var log = LogLines.of("io.keyswitch.modelconfig.Router")) {
            for (int i = 0; i < 5; i++) {
                assertUnreadable("alice");
                assertUnreadable("bob");
            }
            assertThat(log.lines()).hasSize(2).allMatch(line -> line.contains("cannot be read"));
        }
    }
}

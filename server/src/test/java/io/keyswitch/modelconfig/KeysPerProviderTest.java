package io.keyswitch.modelconfig;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.core.Json;
import io.keyswitch.testing.TestApp;
import io.keyswitch.testing.Tokens;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** A user has one key for each provider, a default config, and configs of single threads. */
@Tag("database")
class KeysPerProviderTest {
    private static final String OPENAI_KEY = "my-openai-key-1a2b";
    private static final String CLAUDE_KEY = "my-claude-key-3c4d";
    private static final String ACCOUNT = "0123456789abcdef0123456789abcdef";

    private final TestApp app = TestApp.start();

    @AfterEach
    void close() {
        app.close();
    }

    private void useOpenAi() {
        app.call(
                "updateUserModelConfig",
                Map.of("provider", "openai", "modelId", "gpt-5.5", "apiKey", OPENAI_KEY),
                "alice");
    }

    private void useClaude() {
        app.call(
                "updateUserModelConfig",
                Map.of("provider", "anthropic", "modelId", "claude-sonnet-4-5", "apiKey", CLAUDE_KEY),
                "alice");
    }

    private void useGroqIn(String thread) {
        app.call(
                "updateUserModelConfig",
                Map.of("provider", "groq", "modelId", "sim-echo", "useProjectKey", true, "threadId", thread),
                "alice");
    }

    private JsonNode keys() {
        return app.call("listApiKeys", Map.of(), "alice").path("keys");
    }

    private JsonNode config() {
        return app.call("getUserModelConfig", Map.of(), "alice");
    }

    private JsonNode configIn(String thread) {
        return app.call("getUserModelConfig", Map.of("threadId", thread), "alice");
    }

    private JsonNode servedBy(String thread) {
        return app.call("sendChatMessage", Map.of("threadId", thread, "message", "hello"), "alice")
                .path("servedBy");
    }

    @Test
    void keysAreListedByProviderAndNeverReturned() {
        useOpenAi();
        useClaude();
        assertThat(keys()).hasSize(2);
        var first = keys().path(0);
        assertThat(first.propertyNames())
                .containsExactlyInAnyOrder("provider", "displayName", "keyHint", "savedAt", "checkedAt", "verdict");
        assertThat(first.path("provider").stringValue()).isEqualTo("anthropic");
        assertThat(first.path("keyHint").stringValue()).isEqualTo("3c4d");
        assertThat(first.path("verdict").stringValue()).isEqualTo("valid");
        assertThat(keys().toString()).doesNotContain(OPENAI_KEY).doesNotContain(CLAUDE_KEY);
    }

    @Test
    void anotherModelOfAProviderNeedsNoKeyAgain() {
        useOpenAi();
        useClaude();
        app.call("updateUserModelConfig", Map.of("provider", "openai", "modelId", "gpt-5.4-mini"), "alice");
        assertThat(config().path("keyHint").stringValue()).isEqualTo("1a2b");
        assertThat(app.chat("alice", "t", "hello")).contains("gpt-5.4-mini").contains("1a2b");
        assertThat(keys()).hasSize(2);
    }

    @Test
    void aSavedKeyIsCheckedAndChangesNoModel() {
        useOpenAi();
        var saved = app.call("saveApiKey", Map.of("provider", "anthropic", "apiKey", CLAUDE_KEY), "alice");
        assertThat(saved.path("keyHint").stringValue()).isEqualTo("3c4d");
        assertThat(saved.has("warning")).isFalse();
        assertThat(config().path("provider").stringValue()).isEqualTo("openai");
        assertThat(app.chat("alice", "t", "switch to claude, claude-sonnet-4-5"))
                .startsWith("Done.");
    }

    @Test
    void aRejectedKeyIsNotSavedAndTheOldOneStays() {
        useOpenAi();
        var refused = app.fail("saveApiKey", Map.of("provider", "openai", "apiKey", "sk-invalid-key-9z8y"), "alice");
        assertThat(refused.path("details").path("reason").stringValue()).isEqualTo("invalid_key");
        assertThat(keys().path(0).path("keyHint").stringValue()).isEqualTo("1a2b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "short", "two words of it"})
    void aMalformedKeyIsRejected(String key) {
        assertThat(app.post("saveApiKey", Map.of("provider", "openai", "apiKey", key), "alice")
                        .statusCode())
                .isEqualTo(400);
        assertThat(keys()).isEmpty();
    }

    @Test
    void aKeyOfAProviderWithAccountsKeepsItsAccount() {
        var key = Map.of("provider", "cloudflare", "apiKey", "my-cloudflare-key-5e6f");
        assertThat(app.fail("saveApiKey", key, "alice").toString()).contains("invalid_account_id");
        var withAccount = new HashMap<>(key);
        withAccount.put("accountId", ACCOUNT);
        app.call("saveApiKey", withAccount, "alice");
        assertThat(keys().path(0).path("accountId").stringValue()).isEqualTo(ACCOUNT);
        app.call("saveApiKey", key, "alice");
        assertThat(keys().path(0).path("accountId").stringValue()).isEqualTo(ACCOUNT);
        app.call(
                "updateUserModelConfig",
                Map.of("provider", "cloudflare", "modelId", "@cf/openai/gpt-oss-120b"),
                "alice");
        assertThat(config().path("accountId").stringValue()).isEqualTo(ACCOUNT);
    }

    @Test
    void deletingAKeyDeletesTheConfigsThatUseItAndNoOthers() {
        useOpenAi();
        useGroqIn("tea");
        app.call(
                "updateUserModelConfig",
                Map.of("provider", "openai", "modelId", "gpt-5.4-mini", "threadId", "work"),
                "alice");
        app.call("saveApiKey", Map.of("provider", "anthropic", "apiKey", CLAUDE_KEY), "alice");
        app.call("deleteApiKey", Map.of("provider", "openai"), "alice");
        assertThat(keys()).hasSize(1);
        assertThat(config().isNull()).isTrue();
        assertThat(configIn("work").isNull()).isTrue();
        assertThat(configIn("tea").path("provider").stringValue()).isEqualTo("groq");
        app.call("deleteApiKey", Map.of("provider", "openai"), "alice");
        assertThat(app.fail("deleteApiKey", Map.of("provider", "no-such-provider"), "alice")
                        .path("message")
                        .stringValue())
                .startsWith("Unknown provider.");
    }

    @Test
    void aThreadsConfigAppliesToThatThreadAlone() {
        useOpenAi();
        useGroqIn("tea");
        assertThat(configIn("tea").path("scope").stringValue()).isEqualTo("thread");
        assertThat(configIn("other").path("scope").stringValue()).isEqualTo("default");
        assertThat(config().path("provider").stringValue()).isEqualTo("openai");
        assertThat(servedBy("tea").path("provider").stringValue()).isEqualTo("groq");
        assertThat(servedBy("other").path("provider").stringValue()).isEqualTo("openai");
        app.call("deleteUserModelConfig", Map.of("threadId", "tea"), "alice");
        assertThat(servedBy("tea").path("provider").stringValue()).isEqualTo("openai");
        assertThat(keys()).hasSize(1);
    }

    @Test
    void threadsWithAConfigOfTheirOwnAreListedWithTheirTitle() {
        useGroqIn("tea");
        useGroqIn("work");
        app.chat("alice", "tea", "Which tea is the best?");
        app.chat("bob", "tea", "hello");
        var threads = app.call("listThreadModelConfigs", Map.of(), "alice").path("threads");
        assertThat(threads).hasSize(2);
        var tea = threads.path(0).path("threadId").stringValue().equals("tea") ? threads.path(0) : threads.path(1);
        assertThat(tea.path("title").stringValue()).isEqualTo("Which tea is the best?");
        assertThat(tea.path("modelId").stringValue()).isEqualTo("sim-echo");
        assertThat(app.call("listThreadModelConfigs", Map.of(), "bob").path("threads"))
                .isEmpty();
    }

    @Test
    void aDeletedThreadLosesItsConfigAndItsHistory() {
        useGroqIn("tea");
        app.chat("alice", "tea", "hello");
        app.call("deleteThread", Map.of("threadId", "tea"), "alice");
        assertThat(app.call("listThreadModelConfigs", Map.of(), "alice").path("threads"))
                .isEmpty();
        assertThat(count("earlier_model_config")).isZero();
    }

    @Test
    void theKeysAreKeptIfTheCallerAsksForIt() {
        useOpenAi();
        useGroqIn("tea");
        app.call("deleteUserModelConfig", Map.of("keepKeys", true), "alice");
        assertThat(config().isNull()).isTrue();
        assertThat(keys()).hasSize(1);
        assertThat(configIn("tea").path("scope").stringValue()).isEqualTo("thread");
        app.call("deleteUserModelConfig", Map.of(), "alice");
        assertThat(keys()).isEmpty();
        assertThat(configIn("tea").isNull()).isTrue();
        assertThat(count("earlier_model_config") + count("api_key") + count("model_config"))
                .isZero();
    }

    @Test
    void theLastTenConfigsAreKept() {
        for (int i = 1; i <= 13; i++) {
            app.call(
                    "updateUserModelConfig",
                    Map.of("provider", "groq", "modelId", "model-" + i, "useProjectKey", true),
                    "alice");
        }
        for (int i = 12; i >= 3; i--) {
            assertThat(app.chat("alice", "t", "go back to my previous model")).contains("`model-" + i + "`");
        }
        assertThat(app.chat("alice", "t", "go back to my previous model"))
                .startsWith("There is no earlier choice to go back to.");
    }

    @Test
    void theNumberOfKeysIsLimited() throws Exception {
        useOpenAi();
        try (var database = app.data().open()) {
            database.write(handle -> handle.execute("""
                    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 99)
                    INSERT INTO api_key
                        (user_id, provider, name, key_hint, master_key_id, sealed_key, saved_at, checked_at)
                    SELECT user_id, 'old-provider-' || i, 'default', key_hint, master_key_id, 'x', 1, 1
                    FROM n, (SELECT user_id, key_hint, master_key_id FROM api_key)
                    """));
        }
        app.restart();
        var refused = app.fail("saveApiKey", Map.of("provider", "anthropic", "apiKey", CLAUDE_KEY), "alice");
        assertThat(refused.path("details").path("reason").stringValue()).isEqualTo("too_many_keys");
        assertThat(refused.path("message").stringValue()).isEqualTo("You have 100 API keys already. Delete one first.");
        app.call("saveApiKey", Map.of("provider", "openai", "apiKey", "my-other-key-7a8b"), "alice");
        app.call("deleteApiKey", Map.of("provider", "old-provider-7"), "alice");
        app.call("saveApiKey", Map.of("provider", "anthropic", "apiKey", CLAUDE_KEY), "alice");
    }

    @Test
    void everyStoredKeyIsRemovedFromMessages() {
        useOpenAi();
        useClaude();
        for (var key : List.of(OPENAI_KEY, CLAUDE_KEY)) {
            app.chat("alice", "t", "what do you think of " + key + " as a name for my cat and all her friends?");
            assertThat(app.call("getThread", Map.of("threadId", "t"), "alice").toString())
                    .doesNotContain(key);
            assertThat(app.fail("getThread", Map.of("threadId", key), "alice").toString())
                    .contains("\"reason\":\"key_in_field\"");
        }
    }

    @Test
    void aStoredKeyIsNoModelIdForAnotherProvider() {
        useOpenAi();
        app.call("saveApiKey", Map.of("provider", "anthropic", "apiKey", "blueberrymuffin1"), "alice");
        var body = Map.of("model", "blueberrymuffin1", "messages", List.of(Map.of("role", "user", "content", "hello")));
        var answer = TestApp.send(HttpRequest.newBuilder(URI.create(app.url() + "/v1/chat/completions"))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + Tokens.emulator("alice"))
                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.bytes(body)))
                .build());
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("model looks like an API key").doesNotContain("blueberry");
    }

    private int count(String table) {
        try (var database = app.data().open()) {
            return database.read(handle -> handle.createQuery("SELECT count(*) FROM " + table)
                    .mapTo(Integer.class)
                    .one());
        }
    }
}

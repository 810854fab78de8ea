package io.keyswitch.modelconfig;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.testing.TestApp;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The callable {@code listModels}, with the simulator as every provider. */
@Tag("database")
class ListModelsTest {
    @SuppressWarnings("NullAway.Init")
    private static TestApp app;

    @BeforeAll
    static void start() {
        app = TestApp.start();
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    private static JsonNode list(Map<String, Object> data, String user) {
        return app.call("listModels", data, user);
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai", "anthropic", "gemini", "groq", "mistral", "together", "openrouter", "xai"})
    void aKeyInTheRequestListsTheModelsOfEachProvider(String provider) {
        var listed = list(Map.of("provider", provider, "apiKey", "my-own-key-000-1a2b"), "alice");
        assertThat(listed.path("source").stringValue()).isEqualTo("given");
        assertThat(listed.path("models").size()).isGreaterThan(1);
        assertThat(listed.path("models").path(0).path("id").stringValue()).isNotEmpty();
    }

    @Test
    void theContextWindowIsListedWhenTheProviderReportsIt() {
        var listed = list(Map.of("provider", "gemini"), "alice");
        assertThat(listed.path("source").stringValue()).isEqualTo("project");
        assertThat(listed.path("models").path(0).path("contextWindow").longValue())
                .isPositive();
    }

    @Test
    void modelsAreListedWithTheStoredKeyAndAccount() {
        var account = "0123456789abcdef0123456789abcdef";
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
                        "my-own-key-000-1a2b"),
                "bob");
        assertThat(list(Map.of("provider", "cloudflare"), "bob").path("source").stringValue())
                .isEqualTo("stored");
        assertThat(app.fail("listModels", Map.of("provider", "cloudflare"), "alice")
                        .path("message")
                        .stringValue())
                .startsWith("accountId is required");
    }

    @Test
    void withoutAKeyOnlyTheDefaultModelIsListed() {
        var listed = list(Map.of("provider", "openai"), "alice");
        assertThat(listed.path("source").stringValue()).isEqualTo("registry");
        assertThat(listed.path("models").size()).isEqualTo(1);
    }

    @Test
    void anInvalidKeyIsReportedAsTheReason() {
        var failed = app.fail("listModels", Map.of("provider", "openai", "apiKey", "my-invalid-key-0000"), "alice");
        assertThat(failed.path("status").stringValue()).isEqualTo("INVALID_ARGUMENT");
        assertThat(failed.path("details").path("reason").stringValue()).isEqualTo("invalid_key");
    }
}

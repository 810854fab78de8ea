package io.keyswitch.modelconfig;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.testing.FakeProvider;
import io.keyswitch.testing.TestApp;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Results of the key check, as returned by {@code updateUserModelConfig}. */
class KeyCheckTest {
    private static final String ACCOUNT = "0123456789abcdef0123456789abcdef";
    private static final Map<String, String> MODELS = Map.of(
            "groq",
            "llama-3.3-70b-versatile",
            "openai",
            "gpt-5.5",
            "anthropic",
            "claude-sonnet-5-5",
            "gemini",
            "gemini-3-flash-preview",
            "cloudflare",
            "@cf/meta/llama-3.1-8b-instruct",
            "swarmspace",
            "gemini-flash");

    private final TestApp app = TestApp.start();

    @AfterEach
    void close() {
        app.close();
    }

    private static Map<String, Object> choice(String provider, String model, String key) {
        return Map.of("provider", provider, "modelId", model, "apiKey", key, "accountId", ACCOUNT);
    }

    private JsonNode update(String provider, String key) {
        return app.call("updateUserModelConfig", choice(provider, MODELS.getOrDefault(provider, "m-1"), key), "alice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"groq", "openai", "anthropic", "gemini", "cloudflare", "swarmspace"})
    void aGoodKeyIsSavedWithoutAWarning(String provider) {
        var saved = update(provider, "good-key-1234");
        assertThat(saved.path("success").booleanValue()).isTrue();
        assertThat(saved.path("keyHint").stringValue()).isEqualTo("1234");
        assertThat(saved.path("keySource").stringValue()).isEqualTo("own");
        assertThat(saved.has("warning")).isFalse();
    }

    @Test
    void theListOfModelsThatACheckReadsIsNotRequestedAgain() {
        try (var provider = FakeProvider.answering(
                        (_, out) -> out.json(200, "{\"data\":[{\"id\":\"m-1\"},{\"id\":\"m-2\"}]}"));
                var other = TestApp.start(
                        "  other: {baseUrl: '%s/v1', defaultModel: m-1, models: {get: /models}, check: {get: /models}}\n"
                                .formatted(provider.baseUrl()),
                        Map.of())) {
            other.call("updateUserModelConfig", choice("other", "m-1", "good-key-1234"), "alice");
            var listed = other.call("listModels", Map.of("provider", "other"), "alice");
            assertThat(listed.path("models")).hasSize(2);
            assertThat(listed.path("source").stringValue()).isEqualTo("stored");
            assertThat(provider.seen()).hasSize(1);
        }
    }

    @Test
    void choosingAModelWithTheProjectKeySendsNoBillableRequest() {
        try (var provider = FakeProvider.answering((_, out) -> out.json(503, "{}"));
                var paid = TestApp.start(
                        "  paid: {baseUrl: '%s/v1', defaultModel: m-1, projectKey: PAID_KEY}\n"
                                .formatted(provider.baseUrl()),
                        Map.of("PAID_KEY", "the-operators-key-1234"))) {
            var chosen = paid.call(
                    "updateUserModelConfig",
                    Map.of("provider", "paid", "modelId", "m-2", "useProjectKey", true),
                    "alice");
            assertThat(chosen.path("success").booleanValue()).isTrue();
            assertThat(provider.seen()).noneMatch(request -> request.method().equals("POST"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"groq", "openai", "anthropic", "gemini", "cloudflare", "swarmspace"})
    void anInvalidKeyIsRejectedAndTheStoredKeyIsKept(String provider) {
        update("openai", "the-old-key-9876");
        var error = app.fail(
                "updateUserModelConfig",
                choice(provider, MODELS.getOrDefault(provider, ""), "invalid-key-5555"),
                "alice");
        assertThat(error.path("status").stringValue()).isEqualTo("INVALID_ARGUMENT");
        assertThat(error.path("message").stringValue())
                .contains("does not accept this API key")
                .doesNotContain("5555");
        assertThat(error.path("details").path("reason").stringValue()).isEqualTo("invalid_key");
        assertThat(app.call("getUserModelConfig", Map.of(), "alice")
                        .path("keyHint")
                        .stringValue())
                .isEqualTo("9876");
    }

    @ParameterizedTest
    @ValueSource(strings = {"groq", "openai", "anthropic", "gemini", "cloudflare"})
    void aKeyThatMayNotListModelsIsSavedWithoutAWarning(String provider) {
        assertThat(update(provider, "restricted-key-1234").has("warning")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"groq", "openai", "anthropic", "gemini", "cloudflare"})
    void aKeyIsSavedWithAWarningIfTheProviderIsRateLimitedOrOverloaded(String provider) {
        assertThat(update(provider, "ratelimited-key-1234").path("warning").stringValue())
                .contains("rate-limited");
        assertThat(update(provider, "overloaded-key-1234").path("warning").stringValue())
                .contains("saved unchecked");
    }

    @Test
    void anUnknownModelIsSavedWithAWarningAndASuggestion() {
        var saved = app.call("updateUserModelConfig", choice("openai", "gpt-5.55", "good-key-1234"), "alice");
        assertThat(saved.path("warning").stringValue())
                .contains("does not list a model \"gpt-5.55\"")
                .contains("Did you mean \"gpt-5.5\"?");
    }

    @Test
    void aModelIdWithoutItsDateSuffixIsSavedWithoutAWarning() {
        assertThat(app.call("updateUserModelConfig", choice("anthropic", "claude-sonnet-4-5", "good-key-1234"), "alice")
                        .has("warning"))
                .isFalse();
    }

    @Test
    void anInvalidOrMissingAccountIdIsRejected() {
        var choice = new HashMap<>(choice("cloudflare", "@cf/meta/llama-3.1-8b-instruct", "good-key-1234"));
        choice.put("accountId", "../../../user/tokens");
        assertThat(app.fail("updateUserModelConfig", choice, "alice")
                        .path("message")
                        .stringValue())
                .contains("not a valid Account ID for Cloudflare (Workers AI)");
        choice.remove("accountId");
        assertThat(app.fail("updateUserModelConfig", choice, "alice")
                        .path("message")
                        .stringValue())
                .contains("needs your Account ID");
    }

    private TestApp with(FakeProvider provider, String check) {
        return TestApp.start(
                "  fake: {displayName: Fake, baseUrl: \"%s\", defaultModel: m-1, check: %s, models: {get: /models}}\n"
                        .formatted(provider.baseUrl(), check));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "402 | {\"error\":{\"message\":\"Insufficient Balance\"}} | no credit left",
                "500 | {} | saved unchecked",
                "429 | {\"error\":{\"code\":\"insufficient_quota\"}} | no credit left",
                "418 | {} | saved unchecked"
            })
    void aKeyIsSavedWithAWarningOnOtherProviderErrors(int status, String body, String warning) {
        try (var provider = FakeProvider.answering((_, out) -> out.json(status, body));
                var keyswitch = with(provider, "{get: /models}")) {
            var saved = keyswitch.call("updateUserModelConfig", choice("fake", "m-1", "good-key-1234"), "alice");
            assertThat(saved.path("warning").stringValue()).contains(warning);
        }
    }

    @Test
    void aKeyIsSavedWithAWarningIfTheProviderIsUnreachable() {
        String gone;
        try (var provider = FakeProvider.answering((_, _) -> {})) {
            gone = provider.baseUrl();
        }
        try (var keyswitch = TestApp.start(
                "  fake: {baseUrl: \"%s\", defaultModel: m-1, check: {get: /models}}\n".formatted(gone))) {
            var saved = keyswitch.call("updateUserModelConfig", choice("fake", "m-1", "good-key-1234"), "alice");
            assertThat(saved.path("warning").stringValue()).contains("could not be checked");
        }
    }

    @Test
    void aKeyIsCheckedWithACompletionWhenNoCheckCallIsConfigured() {
        try (var provider = FakeProvider.answering((request, out) -> {
                    boolean good =
                            request.headers().getOrDefault("authorization", "").endsWith("good-key-1234");
                    out.json(
                            good ? 200 : 401,
                            good
                                    ? "{\"choices\":[{\"message\":{\"content\":\"OK\"},\"finish_reason\":\"stop\"}]}"
                                    : "{\"error\":\"no\"}");
                });
                var keyswitch = with(provider, "{}")) {
            assertThat(keyswitch
                            .call("updateUserModelConfig", choice("fake", "m-1", "good-key-1234"), "alice")
                            .path("success")
                            .booleanValue())
                    .isTrue();
            assertThat(keyswitch
                            .fail("updateUserModelConfig", choice("fake", "m-1", "wrong-key-1234"), "alice")
                            .path("status")
                            .stringValue())
                    .isEqualTo("INVALID_ARGUMENT");
            assertThat(provider.seen())
                    .allSatisfy(seen -> assertThat(seen.path()).isEqualTo("/chat/completions"));
        }
    }
}

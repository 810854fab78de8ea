package io.keyswitch;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.testing.TestApp;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A provider that is added in the settings file works everywhere, without a rebuild. */
class ProviderFromSettingsTest {
    @Test
    void aProviderFromTheSettingsFileWorksInFlowCallablesAndChat() {
        try (var plain = TestApp.start();
                var app = TestApp.start("""
                          moonshot:
                            displayName: Moonshot
                            wire: openai
                            baseUrl: %s/compatible/moonshot/v1
                            auth: bearer
                            defaultModel: kimi-latest
                            aliases: [kimi]
                            check: {get: /models}
                            models: {get: /models}
                            quirks: {maxTokensField: max_tokens, streamUsage: false}
                        """.formatted(plain.simulatorUrl()))) {
            assertThat(app.call("listProviders", Map.of(), "alice").toString()).contains("\"id\":\"moonshot\"");
            assertThat(app.chat("alice", "t", "change my model")).contains(", moonshot");
            assertThat(app.chat("alice", "t", "kimi")).contains("Which model?").contains("kimi-latest");
            app.chat("alice", "t", "default");
            assertThat(app.chat("alice", "t", "my-moonshot-key-1a2b"))
                    .isEqualTo("Done. Your chat is now using **Moonshot** with model `kimi-latest`.");
            assertThat(app.chat("alice", "t", "hello")).contains("Moonshot").contains("1a2b");
            assertThat(app.chat("alice", "t", "use moonshot, kimi-k2-instruct"))
                    .isEqualTo("Done. Your chat is now using **Moonshot** with model `kimi-k2-instruct`.");
            var saved = app.call(
                    "updateUserModelConfig",
                    Map.of("provider", "moonshot", "modelId", "kimi-k2-instruct", "apiKey", "good-key-1234"),
                    "bob");
            assertThat(saved.path("displayName").stringValue()).isEqualTo("Moonshot");
        }
    }
}

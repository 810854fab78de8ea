package io.keyswitch;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.testing.TestApp;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A provider in the settings file is a provider everywhere, with no rebuild. */
class ProviderAddedAsDataTest {
    @Test
    void mistralWorksAtOnceInTheFlowTheCallablesAndTheChat() {
        try (var plain = TestApp.start();
                var app = TestApp.start("""
                          mistral:
                            displayName: Mistral
                            wire: openai
                            baseUrl: %s/compatible/mistral/v1
                            auth: bearer
                            defaultModel: mistral-large-latest
                            aliases: [le-chat]
                            check: {get: /models}
                            models: {get: /models}
                            quirks: {maxTokensField: max_tokens, streamUsage: false}
                        """.formatted(plain.simulatorUrl()))) {
            assertThat(app.call("listProviders", Map.of(), "alice").toString()).contains("\"id\":\"mistral\"");
            assertThat(app.chat("alice", "t", "change my model")).contains("**Mistral** (`mistral`)");
            assertThat(app.chat("alice", "t", "le chat"))
                    .contains("Which model?")
                    .contains("mistral-large-latest");
            app.chat("alice", "t", "default");
            assertThat(app.chat("alice", "t", "my-mistral-key-1a2b"))
                    .isEqualTo("Done. Your chat is now using **Mistral** with model `mistral-large-latest`.");
            assertThat(app.chat("alice", "t", "hello")).contains("Mistral").contains("1a2b");
            assertThat(app.chat("alice", "t", "use mistral, mistral-small-latest"))
                    .contains("Please provide your API key.");
            var saved = app.call(
                    "updateUserModelConfig",
                    Map.of("provider", "mistral", "modelId", "mistral-small-latest", "apiKey", "good-key-1234"),
                    "bob");
            assertThat(saved.path("displayName").stringValue()).isEqualTo("Mistral");
        }
    }
}

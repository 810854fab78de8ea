package io.keyswitch.http.callable;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.testing.TestApp;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys as people paste them into a form, read as in the chat. */
class PastedKeysTest {
    private static final String KEY = "gsk_pasted_key_0000000001a2b";

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

    private static Map<String, String> arguments(String pasted) {
        return Map.of("provider", "groq", "modelId", "llama-3.1-8b-instant", "apiKey", pasted);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"" + KEY + "\"",
                "Bearer " + KEY,
                "Authorization: Bearer " + KEY,
                "GROQ_API_KEY=" + KEY,
                "export GROQ_API_KEY='" + KEY + "'",
                "API key: " + KEY,
                "\u00a0" + KEY + "\u200b",
                "gsk_pasted_key_\n0000000001a2b",
                "{\"apiKey\": \"" + KEY + "\"}"
            })
    void quotesAndBracketsAroundAPastedKeyAreRemoved(String pasted) {
        for (var function : new String[] {"saveApiKey", "updateUserModelConfig"}) {
            var saved = app.call(function, arguments(pasted), "alice");
            assertThat(saved.path("keyHint").asString("")).as(function).isEqualTo("1a2b");
        }
        assertThat(app.call("listModels", arguments(pasted), "alice")
                        .path("source")
                        .asString(""))
                .isEqualTo("given");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cancelar", "Abbrechen", "whatever", "nothing!", "\"whatever\"", "отменить", "キャンセルしてください"})
    void aWordIsNoKey(String word) {
        for (var function : new String[] {"saveApiKey", "updateUserModelConfig", "listModels"}) {
            var error = app.fail(function, arguments(word), "alice");
            assertThat(error.at("/details/reason").asString("")).as(function).isEqualTo("malformed_key");
        }
    }
}

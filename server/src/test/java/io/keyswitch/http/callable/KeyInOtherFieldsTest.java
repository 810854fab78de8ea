package io.keyswitch.http.callable;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.core.Json;
import io.keyswitch.testing.TestApp;
import io.keyswitch.testing.Tokens;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An API key in another field would be stored and displayed: it is rejected, and the error does not quote it. */
class KeyInOtherFieldsTest {
    private static final String KEY = "Zk/9+tq=Lm3#vX8pW2yB5";
    private static final String OF_NO_SHAPE = "8JfH2kLmN0pQrStUvWxYz1234567890a";

    private final TestApp app = TestApp.start();

    @BeforeEach
    void useOwnKey() {
        app.call(
                "updateUserModelConfig",
                Map.of("provider", "mistral", "modelId", "mistral-large-latest", "apiKey", KEY),
                "alice");
    }

    @AfterEach
    void close() {
        app.close();
    }

    @Test
    void theStoredKeyIsRejectedInOtherFieldsOfEveryFunction() {
        var base64 = Base64.getEncoder().encodeToString(KEY.getBytes(StandardCharsets.US_ASCII));
        for (var key : List.of(KEY, "x" + KEY + "y", base64, KEY.replace("/", "%2F"))) {
            for (var call : List.<Map.Entry<String, Map<String, Object>>>of(
                    Map.entry("sendChatMessage", Map.of("threadId", key, "message", "hello")),
                    Map.entry("sendChatMessage", Map.of("threadId", "t", "message", "hello", "clientMessageId", key)),
                    Map.entry("getThread", Map.of("threadId", key)),
                    Map.entry("deleteThread", Map.of("threadId", key)),
                    Map.entry("createPersonalToken", Map.of("name", key)),
                    Map.entry("revokePersonalToken", Map.of("id", key)),
                    Map.entry("updateUserModelConfig", Map.of("provider", "mistral", "modelId", key)),
                    Map.entry("listModels", Map.of("provider", "cloudflare", "accountId", key)),
                    Map.entry("swarmspaceRouter", Map.of("plugin_id", key)),
                    Map.entry("swarmspacePluginStatus", Map.of("plugin_id", key)))) {
                var answer = app.post(call.getKey(), call.getValue(), "alice");
                assertThat(answer.statusCode()).as(call.toString()).isEqualTo(400);
                assertThat(answer.body())
                        .contains("\"reason\":\"key_in_field\"")
                        .doesNotContain(KEY);
            }
        }
        assertThat(app.call("listThreads", Map.of(), "alice").path("threads")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "3f2b8c1e-7a4d-4e9b-9c21-5d6e7f8a9b0c",
                "0123456789abcdef0123456789abcdef.0123456789abcdef",
                "abc123def456ghi789jkl01"
            })
    void theEnteredKeyIsRejectedAsTheModelId(String key) {
        for (var model : List.of(key, "models/" + key)) {
            var entered = Map.of("provider", "groq", "modelId", model, "apiKey", key);
            var refused = app.fail("updateUserModelConfig", entered, "bob");
            assertThat(refused.toString()).contains("key_in_model").doesNotContain(key);
        }
        assertThat(app.call("getUserModelConfig", Map.of(), "bob").isNull()).isTrue();
        for (var said : List.of("use groq", "own", key, key)) {
            app.chat("bob", "t", said);
        }
        assertThat(app.call("getUserModelConfig", Map.of(), "bob").isNull()).isTrue();
    }

    @Test
    void aKeyShapedModelIdIsRejected() {
        assertThat(app.fail("updateUserModelConfig", Map.of("provider", "mistral", "modelId", OF_NO_SHAPE), "alice")
                        .path("details")
                        .toString())
                .isEqualTo("{\"reason\":\"key_in_field\",\"field\":\"modelId\"}");
        for (var key : List.of(KEY, OF_NO_SHAPE)) {
            var answer = TestApp.send(HttpRequest.newBuilder(URI.create(app.url() + "/v1/chat/completions"))
                    .header("Content-Type", "application/json")
                    .header("Authorization", "Bearer " + Tokens.emulator("alice"))
                    .POST(HttpRequest.BodyPublishers.ofByteArray(Json.bytes(
                            Map.of("model", key, "messages", List.of(Map.of("role", "user", "content", "hi"))))))
                    .build());
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains("model looks like an API key").doesNotContain(key);
        }
    }

    /** Unicode normalisation takes quadratic time to sort a run of combining marks. */
    @Test
    @Timeout(90)
    void longRunsOfCombiningMarksAreProcessedInLinearTime() {
        var marks = "a" + "\u0301\u0316".repeat(250_000);
        for (int i = 0; i < 10; i++) {
            assertThat(app.post("createPersonalToken", Map.of("name", marks), "bob")
                            .statusCode())
                    .isEqualTo(400);
            var sent =
                    app.post("sendChatMessage", Map.of("threadId", "t", "message", marks.substring(0, 99_999)), "bob");
            assertThat(sent.statusCode()).isEqualTo(200);
        }
    }
}

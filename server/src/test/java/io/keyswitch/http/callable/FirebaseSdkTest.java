package io.keyswitch.http.callable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keyswitch.testing.FakeProvider;
import io.keyswitch.testing.FirebaseSdk;
import io.keyswitch.testing.TestApp;
import io.keyswitch.testing.Tokens;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Every callable through the real, unmodified {@code @firebase/functions} package. */
@Timeout(180)
class FirebaseSdkTest {
    @SuppressWarnings("NullAway.Init")
    private static FirebaseSdk sdk;

    @SuppressWarnings("NullAway.Init")
    private static TestApp app;

    @BeforeAll
    static void start() {
        sdk = FirebaseSdk.start();
        app = TestApp.start();
    }

    @AfterAll
    static void stop() {
        sdk.close();
        app.close();
    }

    private static JsonNode run(String user, String name, Object data, Map<String, Object> more) {
        var command = new HashMap<String, Object>(Map.of("url", app.url(), "name", name, "data", data));
        if (!user.isEmpty()) {
            command.put("token", Tokens.emulator(user));
        }
        command.putAll(more);
        return sdk.run(command);
    }

    private static JsonNode call(String user, String name, Object data) {
        return run(user, name, data, Map.of());
    }

    private static JsonNode stream(String user, String name, Object data) {
        return run(user, name, data, Map.of("stream", true));
    }

    @Test
    void modelConfigCallsReturnTheDocumentedResponses() {
        var gemini = call(
                "ref",
                "updateUserModelConfig",
                Map.of("provider", "gemini", "modelId", "gemini-3-flash-preview", "useProjectKey", true));
        assertThat(gemini.path("data").toString())
                .isEqualTo(
                        "{\"success\":true,\"provider\":\"gemini\",\"modelId\":\"gemini-3-flash-preview\",\"displayName\":\"Google (Gemini)\",\"keySource\":\"project\"}");
        var anthropic = call(
                "ref",
                "updateUserModelConfig",
                Map.of(
                        "provider",
                        "anthropic",
                        "modelId",
                        "claude-sonnet-5-5",
                        "apiKey",
                        "sk-ant-api03-abcdefgh-1a2b",
                        "accountId",
                        "any"));
        assertThat(anthropic.path("data").toString())
                .isEqualTo(
                        "{\"success\":true,\"provider\":\"anthropic\",\"modelId\":\"claude-sonnet-5-5\",\"displayName\":\"Anthropic (Claude)\",\"keySource\":\"own\",\"keyHint\":\"1a2b\"}");
        var current = call("ref", "getUserModelConfig", Map.of()).path("data");
        assertThat(current.path("provider").stringValue()).isEqualTo("anthropic");
        assertThat(current.path("updatedAt").stringValue()).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
        assertThat(current.toString()).doesNotContain("abcdefgh");
        assertThat(call("ref", "deleteUserModelConfig", Map.of()).path("data").toString())
                .isEqualTo("{\"success\":true}");
        assertThat(call("ref", "getUserModelConfig", Map.of()).path("data").isNull())
                .isTrue();
    }

    @Test
    void listProvidersReturnsKeyAndAccountRequirements() {
        var offer = call("p", "listProviders", Map.of()).path("data");
        assertThat(offer.path("defaultModel").toString())
                .isEqualTo("{\"provider\":\"groq\",\"modelId\":\"openai/gpt-oss-120b\",\"displayName\":\"Groq\"}");
        var providers = offer.path("providers");
        assertThat(providers.valueStream().map(one -> one.path("id").stringValue()))
                .startsWith("groq", "openai", "anthropic", "gemini", "cloudflare", "swarmspace");
        assertThat(providers.path(0).path("projectKey").booleanValue()).isTrue();
        assertThat(providers.path(1).path("projectKey").booleanValue()).isFalse();
        assertThat(providers.path(4).path("accountId").path("pattern").stringValue())
                .isEqualTo("^[0-9a-f]{32}$");
        assertThat(providers.path(4).path("keyName").stringValue()).isEqualTo("Cloudflare (Workers AI)");
        assertThat(providers.path(5).path("keyName").stringValue()).isEqualTo("Google (Gemini)");
    }

    @Test
    void sendChatMessageWorksWithAndWithoutStreaming() {
        var plain = call("m", "sendChatMessage", Map.of("threadId", "t", "message", "hello"))
                .path("data");
        assertThat(plain.path("message").path("role").stringValue()).isEqualTo("assistant");
        assertThat(plain.path("messageCount").intValue()).isEqualTo(2);
        var streamed = stream("m", "sendChatMessage", Map.of("threadId", "t", "message", "hello"));
        var deltas = streamed.path("chunks")
                .valueStream()
                .map(chunk -> chunk.path("delta").stringValue())
                .collect(Collectors.joining());
        assertThat(deltas)
                .isEqualTo(streamed.path("data").path("message").path("content").stringValue());
        assertThat(streamed.path("data").path("servedBy").path("provider").stringValue())
                .isEqualTo("groq");
        assertThat(call("m", "listThreads", Map.of())
                        .path("data")
                        .path("threads")
                        .path(0)
                        .path("messageCount")
                        .intValue())
                .isEqualTo(4);
        assertThat(call("m", "getThread", Map.of("threadId", "t"))
                        .path("data")
                        .path("messages")
                        .size())
                .isEqualTo(4);
        assertThat(call("m", "deleteThread", Map.of("threadId", "t"))
                        .path("data")
                        .path("success")
                        .booleanValue())
                .isTrue();
        assertThat(call("m", "getThread", Map.of("threadId", "t"))
                        .path("error")
                        .path("code")
                        .stringValue())
                .isEqualTo("functions/not-found");
    }

    @Test
    void theModelChangeFlowWorksWithAndWithoutStreaming() {
        assertThat(call("f", "sendChatMessage", Map.of("threadId", "t", "message", "change my model"))
                        .path("data")
                        .path("flow")
                        .path("expects")
                        .stringValue())
                .isEqualTo("provider");
        var streamed = stream("f", "sendChatMessage", Map.of("threadId", "t", "message", "openai"));
        assertThat(streamed.path("chunks").size()).isEqualTo(1);
        assertThat(streamed.path("data").path("flow").path("expects").stringValue())
                .isEqualTo("model_id");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "I want to change my model | my own | default | Your chat is now using **%s** with model `%s`",
                "Quiero cambiar de modelo | la mía propia | predeterminado | Tu chat ahora usa **%s** con el modelo `%s`",
                "モデルを変更したいです | 自分のキー | デフォルト | これからチャットでは **%s** のモデル `%s` を使います"
            })
    void theWholeDialogueWorksWithEveryProviderInThreeLanguages(
            String change, String own, String standard, String done) {
        var providers = call("d", "listProviders", Map.of()).path("data").path("providers");
        assertThat(providers).hasSizeGreaterThan(10);
        for (var provider : providers) {
            var id = provider.path("id").stringValue();
            var user = "dialogue-" + id + change.hashCode();
            assertThat(expects(say(user, change))).isEqualTo("provider");
            var answer = say(user, id);
            if (provider.path("projectKey").booleanValue()) {
                assertThat(expects(answer)).as(id).isEqualTo("key_source");
                answer = say(user, own);
            }
            if (provider.has("accountId")) {
                assertThat(expects(answer)).as(id).isEqualTo("account_id");
                answer = say(user, "0123456789abcdef0123456789abcdef");
            }
            assertThat(expects(answer)).as(id).isEqualTo("model_id");
            answer = say(user, standard);
            assertThat(expects(answer)).as(id).isEqualTo("api_key");
            assertThat(say(user, "my-own-key-0123-1a2b")
                            .path("message")
                            .path("content")
                            .stringValue())
                    .contains(done.formatted(
                            provider.path("displayName").stringValue(),
                            provider.path("defaultModelId").stringValue()));
            assertThat(say(user, "hello").path("servedBy").path("provider").stringValue())
                    .isEqualTo(id);
        }
    }

    private static JsonNode say(String user, String message) {
        return call(user, "sendChatMessage", Map.of("threadId", "t", "message", message))
                .path("data");
    }

    private static String expects(JsonNode answer) {
        return answer.path("flow").path("expects").stringValue("");
    }

    @Test
    void emulatorAndCustomBaseUrlsReachTheFunctions() {
        var emulator = run(
                "u", "listProviders", Map.of(), Map.of("emulator", Map.of("host", "127.0.0.1", "port", app.port())));
        assertThat(emulator.path("data").path("providers").size()).isEqualTo(14);
        for (var base : new String[] {"/", "/base", "/base/"}) {
            assertThat(run("u", "listProviders", Map.of(), Map.of("url", app.url() + base))
                            .path("data")
                            .path("providers")
                            .size())
                    .as(base)
                    .isEqualTo(14);
        }
    }

    @Test
    void errorsReachTheClientWithCodeAndDetails() {
        var invalid = call(
                        "e",
                        "updateUserModelConfig",
                        Map.of("provider", "groq", "modelId", "m-1", "apiKey", "invalid-key-1234"))
                .path("error");
        assertThat(invalid.path("code").stringValue()).isEqualTo("functions/invalid-argument");
        assertThat(invalid.path("details").path("reason").stringValue()).isEqualTo("invalid_key");
        call(
                "e",
                "updateUserModelConfig",
                Map.of("provider", "groq", "modelId", "sim-rate-limited", "useProjectKey", true));
        var limited = call("e", "sendChatMessage", Map.of("threadId", "t", "message", "hi"))
                .path("error");
        assertThat(limited.path("code").stringValue()).isEqualTo("functions/resource-exhausted");
        assertThat(limited.path("details").path("retryAfterSeconds").intValue()).isEqualTo(20);
        var streamed = stream("e", "sendChatMessage", Map.of("threadId", "t", "message", "hi"))
                .path("error");
        assertThat(streamed.path("code").stringValue()).isEqualTo("functions/resource-exhausted");
        assertThat(streamed.path("details").path("reason").stringValue()).isEqualTo("rate_limited");
    }

    @Test
    void anErrorMidStreamReachesTheClientAfterTheReceivedChunks() {
        call(
                "b",
                "updateUserModelConfig",
                Map.of("provider", "openai", "modelId", "sim-cut-midstream", "apiKey", "own-key-1234"));
        var streamed = stream("b", "sendChatMessage", Map.of("threadId", "t", "message", "hi"));
        assertThat(streamed.path("chunks").size()).isPositive();
        assertThat(streamed.path("error").path("code").stringValue()).isEqualTo("functions/unavailable");
        assertThat(streamed.path("error").path("details").path("incomplete").booleanValue())
                .isTrue();
    }

    @Test
    void anUnknownFunctionReturnsNotFoundWithAndWithoutStreaming() {
        assertThat(call("n", "noSuchFunction", Map.of())
                        .path("error")
                        .path("code")
                        .stringValue())
                .isEqualTo("functions/not-found");
        assertThat(stream("n", "noSuchFunction", Map.of())
                        .path("error")
                        .path("code")
                        .stringValue())
                .isEqualTo("functions/not-found");
    }

    @Test
    void callsWithoutAValidTokenAreUnauthenticated() {
        for (var name : new String[] {
            "updateUserModelConfig",
            "getUserModelConfig",
            "deleteUserModelConfig",
            "listProviders",
            "sendChatMessage",
            "listThreads",
            "getThread",
            "deleteThread"
        }) {
            assertThat(call("", name, Map.of()).path("error").path("code").stringValue())
                    .as(name)
                    .isEqualTo("functions/unauthenticated");
            assertThat(stream("", name, Map.of()).path("error").path("code").stringValue())
                    .as(name)
                    .isEqualTo("functions/unauthenticated");
        }
        var badToken = run("", "listProviders", Map.of(), Map.of("token", "not.a.token"));
        assertThat(badToken.path("error").path("code").stringValue()).isEqualTo("functions/unauthenticated");
    }

    @Test
    void dateAndUndefinedArgumentsAreDecoded() {
        var outcome = run("d", "sendChatMessage", Map.of(), Map.of("special", "date"));
        assertThat(outcome.path("error").path("message").stringValue()).startsWith("threadId is required");
    }

    @Test
    void abortingAStreamStoresThePartialAnswerAsIncomplete() throws Exception {
        try (var provider = FakeProvider.answering((request, out) -> {
                    if (request.method().equals("GET")) {
                        out.json(200, "{\"data\":[{\"id\":\"m-1\"}]}");
                    } else {
                        out.stream()
                                .write("data: {\"choices\":[{\"delta\":{\"content\":\"first words\"}}]}\n\n")
                                .awaitHangUp();
                    }
                });
                var keyswitch = TestApp.start("  fake: {baseUrl: \"%s\", defaultModel: m-1, check: {get: /models}}\n"
                        .formatted(provider.baseUrl()))) {
            keyswitch.call(
                    "updateUserModelConfig",
                    Map.of("provider", "fake", "modelId", "m-1", "apiKey", "own-key-1234"),
                    "alice");
            var outcome = sdk.run(Map.of(
                    "url",
                    keyswitch.url(),
                    "token",
                    Tokens.emulator("alice"),
                    "name",
                    "sendChatMessage",
                    "stream",
                    true,
                    "abortAfter",
                    1,
                    "data",
                    Map.of("threadId", "t", "message", "hi")));
            assertThat(outcome.path("aborted").booleanValue()).isTrue();
            await().until(() -> lastStatus(keyswitch).equals("incomplete"));
            var stored = keyswitch
                    .call("getThread", Map.of("threadId", "t"), "alice")
                    .path("messages");
            assertThat(stored.path(1).path("content").stringValue()).isEqualTo("first words");
            assertThat(stored.path(1).path("status").stringValue()).isEqualTo("incomplete");
        }
    }

    private static String lastStatus(TestApp keyswitch) {
        var messages =
                keyswitch.call("getThread", Map.of("threadId", "t"), "alice").path("messages");
        return messages.path(messages.size() - 1).path("status").asString("");
    }
}

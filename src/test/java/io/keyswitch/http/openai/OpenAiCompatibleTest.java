package io.keyswitch.http.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.simulator.Simulator;
import io.keyswitch.testing.FakeProvider;
import io.keyswitch.testing.TestApp;
import io.keyswitch.testing.Tokens;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** {@code /v1} as an OpenAI client meets it, byte by byte where a provider speaks the same wire format. */
class OpenAiCompatibleTest {
    private static final String KEY = "fake-own-key-000-1a2b";

    @SuppressWarnings("NullAway.Init")
    private static TestApp app;

    private static FakeProvider.Script script = (_, out) -> out.json(500, "{}");

    @SuppressWarnings("NullAway.Init")
    private static FakeProvider fake;

    @BeforeAll
    static void start() {
        fake = FakeProvider.answering((request, out) -> {
            if (request.method().equals("GET")) {
                out.json(200, "{\"data\":[{\"id\":\"fake-1\",\"context_window\":8192}]}");
            } else {
                script.answer(request, out);
            }
        });
        app = TestApp.start(
                "  fake: {baseUrl: '%s/v1', defaultModel: fake-1, models: {get: /models}, quirks: {dropIfRefused: [temperature], dropZeroUsage: true, reasoningContent: true}}\n"
                        .formatted(fake.baseUrl()));
        for (var user : new String[] {"alice", "bob"}) {
            app.call("updateUserModelConfig", Map.of("provider", "fake", "modelId", "fake-1", "apiKey", KEY), user);
        }
    }

    @AfterAll
    static void stop() {
        app.close();
        fake.close();
    }

    private static String token(String user) {
        return app.call("createPersonalToken", Map.of("name", "test"), user)
                .path("token")
                .stringValue();
    }

    private static HttpRequest.Builder request(String path, String token) {
        return HttpRequest.newBuilder(URI.create(app.url() + path)).header("Authorization", "Bearer " + token);
    }

    private static HttpResponse<String> complete(String token, String body) {
        return TestApp.send(request("/v1/chat/completions", token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private static HttpResponse<String> complete(String body) {
        return complete(Tokens.emulator("alice"), body);
    }

    private static JsonNode error(HttpResponse<String> answer) {
        return TestApp.parse(answer.body()).path("error");
    }

    private static String ask(String more) {
        return "{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]%s}".formatted(more);
    }

    @Test
    void theBytesOfAProviderOfTheSameWireFormatPassThrough() {
        var body = "{ \"id\" : \"x\", \"choices\":[{\"message\":{\"content\":\"é\"},\"finish_reason\":\"stop\"}],"
                + "  \"unheard_of\": [1.50] }";
        script = (_, out) -> out.json(200, body);
        var answer = complete(ask(",\"model\":\"default\",\"unknown_field\":{\"kept\":1.50}"));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(body);
        var seen = fake.seen().getLast();
        assertThat(seen.path()).isEqualTo("/v1/chat/completions");
        assertThat(seen.headers()).containsEntry("authorization", "Bearer " + KEY);
        assertThat(seen.body())
                .isEqualTo("{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"model\":\"fake-1\","
                        + "\"unknown_field\":{\"kept\":1.50}}");
    }

    @Test
    void theFramesOfAStreamPassThroughWhateverTheirCut() {
        var frames = String.join(
                "",
                ": note\n\n",
                "data: {\"choices\":[{\"delta\":{\"content\":\"a\\n\\nb\"}}], \"odd\":1}\r\n\r\n",
                "event: x\ndata: {\"choices\":[{\"delta\":{},\"finish_reason\": \"stop\"}]}\n\n",
                "data: [DONE]\n\n");
        script = (_, out) -> {
            out.stream();
            for (byte one : frames.getBytes(StandardCharsets.UTF_8)) {
                out.write(new byte[] {one});
            }
        };
        var answer = complete(ask(",\"stream\":true"));
        assertThat(answer.headers().firstValue("content-type")).hasValue("text/event-stream; charset=utf-8");
        assertThat(answer.body()).isEqualTo(frames);
    }

    @Test
    void aUsageOfZerosBehindTheRealOneIsLeftOut() {
        var real = "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":45,"
                + "\"completion_tokens\":2,\"total_tokens\":47}}\n\n";
        var zeros = "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":0,"
                + "\"completion_tokens\":0,\"total_tokens\":0}}\n\n";
        script = (_, out) -> out.stream().write(real + zeros + "data: [DONE]\n\n");
        assertThat(complete(ask(",\"stream\":true")).body())
                .isEqualTo(
                        real + "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n");
    }

    @Test
    void bothVersionsOfAnthropicsApiAnswerWhateverSamplingIsAskedFor() {
        var vertx = Vertx.vertx();
        try (var simulator = Simulator.start(vertx, 0, Duration.ZERO);
                var versioned = TestApp.start("""
                          claude-old: {baseUrl: "%1$s/anthropic/v1", wire: anthropic, auth: x-api-key, defaultModel: claude-opus-5,
                                       headers: {anthropic-version: "2023-06-01"}, quirks: {dropIfRefused: [temperature]}}
                          claude-new: {baseUrl: "%1$s/anthropic/v1", wire: anthropic, auth: x-api-key, defaultModel: claude-opus-5,
                                       headers: {anthropic-version: "2026-10-21"}, quirks: {dropIfRefused: [temperature]}}
                        """.formatted(simulator.baseUrl()))) {
            for (var provider : new String[] {"claude-old", "claude-new"}) {
                versioned.call(
                        "updateUserModelConfig",
                        Map.of("provider", provider, "modelId", "claude-opus-5", "apiKey", KEY),
                        provider);
                assertThat(versioned.chat(provider, "t", "hi")).isNotBlank();
                var answer = TestApp.send(HttpRequest.newBuilder(URI.create(versioned.url() + "/v1/chat/completions"))
                        .header("Content-Type", "application/json")
                        .header("Authorization", "Bearer " + Tokens.emulator(provider))
                        .POST(HttpRequest.BodyPublishers.ofString(
                                ask(",\"temperature\":0.2,\"reasoning_effort\":\"high\"")))
                        .build());
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            }
        }
        vertx.close().await();
    }

    @Test
    void reasoningComesAsReasoningContentWhereverAProviderPutsIt() {
        script = (_, out) -> out.json(
                200,
                "{\"choices\":[{\"message\":{\"content\":\"4\",\"reasoning\":\"2+2\"},\"finish_reason\":\"stop\"}]}");
        var message =
                TestApp.parse(complete(ask("")).body()).path("choices").path(0).path("message");
        assertThat(message.path("reasoning_content").stringValue()).isEqualTo("2+2");
        assertThat(message.path("reasoning").stringValue()).isEqualTo("2+2");
        script = (_, out) -> out.stream().write("""
                data: {"choices":[{"delta":{"content":[{"type":"thinking","thinking":[{"type":"text","text":"2+2"}]}]}}]}

                data: {"choices":[{"delta":{"content":[{"type":"text","text":"4"}]},"finish_reason":"stop"}]}

                data: [DONE]

                """);
        assertThat(complete(ask(",\"stream\":true")).body())
                .contains("{\"content\":\"\",\"reasoning_content\":\"2+2\"}")
                .contains("{\"content\":\"4\"}")
                .endsWith("data: [DONE]\n\n");
    }

    @Test
    void anErrorOfCloudflaresShapeIsNoFrameForAClient() {
        script = (_, out) -> out.stream().write("""
                data: {"choices":[{"delta":{"content":"a"}}]}

                data: {"result":null,"success":false,"errors":[{"code":3043,"message":"AiError"}],"messages":[]}

                """);
        assertThat(complete(ask(",\"stream\":true")).body())
                .contains("\"content\":\"a\"")
                .contains("\"type\":\"server_error\"")
                .doesNotContain("AiError");
    }

    @Test
    void aKeyThatMayChatButNotListStillHasItsModel() {
        var answer = TestApp.send(request("/v1/models", listless()).GET().build());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(TestApp.parse(answer.body())
                        .path("data")
                        .valueStream()
                        .map(model -> model.path("id").stringValue()))
                .containsExactly("default", "openai/gpt-oss-120b");
    }

    private static String listless() {
        app.call(
                "updateUserModelConfig",
                Map.of("provider", "groq", "modelId", "openai/gpt-oss-120b", "apiKey", "restricted-key-12345"),
                "listless");
        return token("listless");
    }

    @Test
    void aMissingEndMarkIsAddedWhereTheAnswerIsComplete() {
        script = (_, out) -> out.stream().write("data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}");
        assertThat(complete(ask(",\"stream\":true")).body()).endsWith("\"stop\"}]}\n\ndata: [DONE]\n\n");
    }

    @Test
    void aStreamThatBreaksOffEndsWithAnError() {
        script = (_, out) -> out.stream().write("data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n");
        var body = complete(ask(",\"stream\":true")).body();
        assertThat(body).contains("\"content\":\"a\"").contains("broke off").doesNotContain("[DONE]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\":{\"message\":\"Overloaded\",\"code\":502}}",
                "{\"choices\":[{\"delta\":{},\"finish_reason\":\"error\"}],\"error\":{\"code\":502,\"message\":\"x\"}}"
            })
    void anErrorInAStreamIsSaidInOurWords(String event) {
        script = (_, out) -> out.stream().write("data: {\"choices\":[]}\n\ndata: " + event + "\n\n");
        assertThat(complete(ask(",\"stream\":true")).body())
                .contains("\"type\":\"server_error\"")
                .doesNotContain("Overloaded");
    }

    @Test
    void aKeyThatAProviderEchoesDoesNotComeBack() {
        script = (_, out) -> out.json(200, "{\"choices\":[{\"message\":{\"content\":\"your key is " + KEY + "\"}}]}");
        assertThat(complete(ask("")).body()).contains("your key is ****").doesNotContain(KEY);
        script = (_, out) -> out.stream()
                .write("data: {\"choices\":[{\"delta\":{\"content\":\"" + KEY
                        + "\"},\"finish_reason\":\"stop\"}]}\n\n");
        assertThat(complete(ask(",\"stream\":true")).body()).doesNotContain(KEY);
        script = (_, out) -> out.json(401, "{\"error\":{\"message\":\"bad key " + KEY + "\"}}");
        assertThat(complete(ask("")).body()).doesNotContain(KEY);
    }

    @Test
    void aKeyThatAProviderEchoesIsNeitherStoredNorTranslatedNorListed() {
        try (var echo = FakeProvider.answering((request, out) -> {
                    if (request.method().equals("GET")) {
                        out.json(200, "{\"data\":[{\"id\":\"m-1\"},{\"id\":\"" + KEY + "\"}]}");
                        return;
                    }
                    out.stream();
                    for (var piece : new String[] {"your key is " + KEY.substring(0, 7), KEY.substring(7), "!"}) {
                        out.write(
                                request.path().endsWith("/messages")
                                        ? "data: {\"type\":\"content_block_delta\",\"delta\":{\"type\":\"text_delta\",\"text\":\"%s\"}}\n\n"
                                                .formatted(piece)
                                        : "data: {\"choices\":[{\"delta\":{\"content\":\"%s\"}}]}\n\n"
                                                .formatted(piece));
                    }
                    out.write("""
                            data: {"type":"message_delta","delta":{"stop_reason":"end_turn"}}

                            data: {"type":"message_stop","choices":[{"finish_reason":"stop"}]}

                            """);
                });
                var echoed = TestApp.start("""
                          echo-a: {baseUrl: "%1$s/v1", defaultModel: m-1, wire: anthropic, auth: x-api-key, models: {get: /models}}
                          echo-o: {baseUrl: "%1$s/v1", defaultModel: m-1, models: {get: /models}}
                        """.formatted(echo.baseUrl()))) {
            for (var provider : new String[] {"echo-a", "echo-o"}) {
                echoed.call(
                        "updateUserModelConfig",
                        Map.of("provider", provider, "modelId", "m-1", "apiKey", KEY),
                        "alice");
                assertThat(echoed.chat("alice", provider, "hi")).isEqualTo("your key is ****!");
                assertThat(echoed.call("getThread", Map.of("threadId", provider), "alice")
                                .toString())
                        .contains("your key is ****!")
                        .doesNotContain(KEY);
                assertThat(echoed.call("listModels", Map.of("provider", provider), "alice")
                                .toString())
                        .contains("m-1")
                        .doesNotContain(KEY);
            }
            echoed.call(
                    "updateUserModelConfig", Map.of("provider", "echo-a", "modelId", "m-1", "apiKey", KEY), "alice");
            for (var stream : new String[] {"true", "false"}) {
                var answer = TestApp.send(HttpRequest.newBuilder(URI.create(echoed.url() + "/v1/chat/completions"))
                        .header("Content-Type", "application/json")
                        .header("Authorization", "Bearer " + Tokens.emulator("alice"))
                        .POST(HttpRequest.BodyPublishers.ofString(ask(",\"stream\":" + stream)))
                        .build());
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(answer.body()).contains("****").doesNotContain(KEY).doesNotContain(KEY.substring(7));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401 | {\"error\":{\"code\":\"invalid_api_key\"}} | 401 | invalid_request_error | invalid_api_key | false",
                "403 | {} | 403 | invalid_request_error | permission_denied | false",
                "404 | {} | 404 | invalid_request_error | model_not_found | false",
                "429 | {\"error\":{\"code\":\"insufficient_quota\"}} | 429 | insufficient_quota | insufficient_quota | false",
                "429 | {\"error\":{\"code\":\"rate_limit_exceeded\"}} | 429 | rate_limit_error | rate_limit_exceeded | true",
                "400 | {\"error\":{\"param\":\"messages[0].name\"}} | 400 | invalid_request_error | unsupported_parameter | false",
                "400 | {\"error\":{\"code\":\"context_length_exceeded\"}} | 400 | invalid_request_error | context_length_exceeded | false",
                "400 | {\"object\":\"error\",\"message\":\"Invalid model: x\",\"type\":\"invalid_model\",\"code\":\"1500\"} | 404 | invalid_request_error | model_not_found | false",
                "400 | {\"error\":{\"message\":\"Model Not Exist\",\"type\":\"invalid_request_error\"}} | 404 | invalid_request_error | model_not_found | false",
                "400 | {\"error\":{\"message\":\"x/y is not a valid model ID\",\"code\":400}} | 404 | invalid_request_error | model_not_found | false",
                "400 | {\"error\":{\"message\":\"'messages' : minimum number of items is 1\"}} | 400 | invalid_request_error | unsupported_parameter | false",
                "503 | {} | 503 | server_error | | true",
                "200 | {\"error\":{\"code\":429,\"message\":\"x\"}} | 429 | rate_limit_error | rate_limit_exceeded | true",
                "200 | no json | 502 | server_error | | true"
            })
    void aProvidersErrorBecomesOneOfOpenAisShape(
            int status, String body, int expected, String type, String code, boolean retry) {
        script = (_, out) -> out.json(status, body, "Retry-After: 7");
        var answer = complete(ask(",\"temperature\":1"));
        assertThat(answer.statusCode()).isEqualTo(expected);
        assertThat(error(answer).path("type").stringValue()).isEqualTo(type);
        assertThat(error(answer).path("code").asString("")).isEqualTo(code == null ? "" : code);
        assertThat(error(answer).has("param")).isTrue();
        assertThat(answer.headers().firstValue("x-should-retry")).hasValue(Boolean.toString(retry));
        if (status == 429 && retry) {
            assertThat(answer.headers().firstValue("retry-after")).hasValue("7");
        }
    }

    @Test
    void aFieldThatWasNotSentIsNotNamed() {
        script = (_, out) -> out.json(400, "{\"error\":{\"param\":\"" + KEY + "\",\"message\":\"`secret` no\"}}");
        var error = error(complete(ask("")));
        assertThat(error.path("param").isNull()).isTrue();
        assertThat(error.toString()).doesNotContain(KEY).doesNotContain("secret");
    }

    @Test
    void theOtherNameForALimitOfTokensIsTriedOnceAndRemembered() {
        script = (request, out) -> {
            if (request.body().contains("\"max_tokens\"")) {
                out.json(400, "{\"error\":{\"param\":\"max_tokens\",\"code\":\"unsupported_parameter\"}}");
            } else {
                out.json(200, "{\"choices\":[{\"message\":{\"content\":\"x\"},\"finish_reason\":\"stop\"}]}");
            }
        };
        int before = fake.seen().size();
        assertThat(complete(ask(",\"model\":\"o9\",\"max_tokens\":5")).statusCode())
                .isEqualTo(200);
        assertThat(complete(ask(",\"model\":\"o9\",\"max_completion_tokens\":6"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(fake.seen()).hasSize(before + 3);
        assertThat(fake.seen().getLast().body()).contains("\"max_completion_tokens\":6");
    }

    @Test
    void whatAModelRefusesIsLeftOutOnlyWhereTheRegistrySaysSo() {
        script = (request, out) -> {
            for (var field : new String[] {"temperature", "logprobs"}) {
                if (request.body().contains(field)) {
                    out.json(400, "{\"error\":{\"param\":\"%s\",\"code\":null}}".formatted(field));
                    return;
                }
            }
            out.json(200, "{\"choices\":[{\"message\":{\"content\":\"x\"},\"finish_reason\":\"stop\"}]}");
        };
        assertThat(complete(ask(",\"model\":\"o8\",\"temperature\":0.2")).statusCode())
                .isEqualTo(200);
        assertThat(fake.seen().getLast().body()).doesNotContain("temperature");
        var answer = complete(ask(",\"model\":\"o8\",\"logprobs\":true"));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(error(answer).path("param").stringValue()).isEqualTo("logprobs");
    }

    @Test
    void aClientThatHangsUpEndsTheProvidersCall() throws Exception {
        script = (_, out) -> {
            out.stream().write("data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n");
            out.awaitHangUp();
        };
        try (var client = HttpClient.newHttpClient()) {
            var request = request("/v1/chat/completions", Tokens.emulator("alice"))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(ask(",\"stream\":true")))
                    .build();
            var answer = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            assertThat(answer.body().read()).isEqualTo('d');
            answer.body().close();
        }
        assertThat(fake.hangUps().await(1, TimeUnit.SECONDS)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "\"x\"",
                "{\"a\":1,\"a\":2}",
                "{\"model\":7}",
                "{\"model\":\"x\"}",
                "{\"n\":1e99999999999}"
            })
    void whatIsNoRequestIsRefused(String body) {
        var answer = complete(body);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(error(answer).path("type").stringValue()).isEqualTo("invalid_request_error");
    }

    @Test
    void modelsAreThoseOfTheUsersProvider() {
        var answer = TestApp.send(
                request("/v1/models", Tokens.emulator("alice")).GET().build());
        var data = TestApp.parse(answer.body()).path("data");
        assertThat(data.valueStream().map(model -> model.path("id").stringValue()))
                .containsExactly("default", "fake-1");
        assertThat(data.path(1).path("context_window").intValue()).isEqualTo(8192);
    }

    @Test
    void aPersonalTokenStandsForItsOwnerUntilItIsRevoked() {
        script = (_, out) ->
                out.json(200, "{\"choices\":[{\"message\":{\"content\":\"x\"},\"finish_reason\":\"stop\"}]}");
        var created = app.call("createPersonalToken", Map.of("name", "my editor"), "alice");
        var token = created.path("token").stringValue();
        assertThat(token).startsWith("ks_");
        assertThat(complete(token, ask("")).statusCode()).isEqualTo(200);
        var listed = app.call("listPersonalTokens", Map.of(), "alice").path("tokens");
        assertThat(listed.toString()).contains("my editor").doesNotContain(token.substring(3));
        assertThat(app.call("listPersonalTokens", Map.of(), "bob").toString()).doesNotContain("my editor");
        assertThat(app.fail(
                                "revokePersonalToken",
                                Map.of("id", created.path("id").stringValue()),
                                "bob")
                        .path("status")
                        .stringValue())
                .isEqualTo("NOT_FOUND");
        app.call("revokePersonalToken", Map.of("id", created.path("id").stringValue()), "alice");
        assertThat(complete(token, ask("")).statusCode()).isEqualTo(401);
    }

    @Test
    void aPersonalTokenIsForV1Alone() {
        var answer =
                app.post("getUserModelConfig", Map.of(), null, Map.of("Authorization", "Bearer " + token("alice")));
        assertThat(answer.statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ks_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "nonsense", ""})
    void whoShowsNoTokenOfOursIsTurnedAway(String token) {
        var answer = complete(token, ask(""));
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(error(answer).path("code").stringValue()).isEqualTo("invalid_api_key");
        assertThat(answer.headers().firstValue("x-should-retry")).hasValue("false");
    }

    @Test
    void otherPathsBelowV1AreUnknownInOpenAisShape() {
        var answer = TestApp.send(request("/v1/embeddings", "x")
                .POST(HttpRequest.BodyPublishers.noBody())
                .build());
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(error(answer).path("code").stringValue()).isEqualTo("unknown_url");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "anthropic",
                "gemini",
                "openai",
                "groq",
                "mistral",
                "xai",
                "deepseek",
                "openrouter",
                "together",
                "fireworks",
                "cerebras",
                "perplexity"
            })
    void everyWireFormatAnswersAsOpenAiDoes(String provider) {
        var config = new HashMap<String, Object>(Map.of("provider", provider, "apiKey", "my-own-key-000-9z8y"));
        var providers = app.call("listProviders", Map.of(), provider).path("providers");
        for (var one : providers) {
            if (one.path("id").stringValue().equals(provider)) {
                config.put("modelId", one.path("defaultModelId").stringValue());
            }
        }
        app.call("updateUserModelConfig", config, provider);
        var token = token(provider);
        var whole = TestApp.parse(complete(token, ask("")).body());
        assertThat(whole.path("object").stringValue()).isEqualTo("chat.completion");
        assertThat(whole.path("choices").path(0).path("message").path("content").stringValue())
                .contains("9z8y");
        assertThat(whole.path("choices").path(0).path("finish_reason").stringValue())
                .isEqualTo("stop");
        assertThat(whole.path("usage").path("total_tokens").intValue()).isPositive();
        var streamed = complete(token, ask(",\"stream\":true,\"stream_options\":{\"include_usage\":true}"))
                .body();
        assertThat(streamed)
                .contains("\"chat.completion.chunk\"")
                .contains("\"total_tokens\"")
                .endsWith("data: [DONE]\n\n");
    }
}

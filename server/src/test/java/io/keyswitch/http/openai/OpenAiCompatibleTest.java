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
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The OpenAI-compatible API at {@code /v1}; responses of OpenAI-compatible providers are forwarded byte for byte. */
class OpenAiCompatibleTest extends ScriptedV1 {
    @Test
    void openAiResponsesAndUnknownRequestFieldsAreForwardedUnchanged() {
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
    void streamEventsAreForwardedUnchangedWhenSentByteByByte() {
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
    void zeroUsageAfterTheActualUsageIsRemovedFromTheStream() {
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
    void aTemperatureThatAnthropicRejectsIsDroppedWithTheOldAndTheNewAnthropicVersion() {
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
    void reasoningInAnyProviderFormatIsReturnedAsReasoningContent() {
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
    void theConfiguredModelIsListedWhenTheKeyMayNotListModels() {
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
    void aMissingDoneEventIsAppendedToACompleteStream() {
        script = (_, out) -> out.stream().write("data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}");
        assertThat(complete(ask(",\"stream\":true")).body()).endsWith("\"stop\"}]}\n\ndata: [DONE]\n\n");
    }

    @Test
    void aKeyEchoedByAProviderIsRemovedFromTheResponse() {
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
    void aKeyEchoedInJsonEscapesIsRemovedFromTheResponse() {
        for (var form : List.of("\\u%04x", "\\u%04X")) {
            var escaped = KEY.chars().mapToObj(form::formatted).collect(Collectors.joining());
            var halfEscaped = KEY.substring(0, 5) + escaped.substring(5 * 6);
            for (var echo : List.of(escaped, halfEscaped)) {
                script = (_, out) ->
                        out.json(200, "{\"choices\":[{\"message\":{\"content\":\"it is " + echo + "!\"}}]}");
                var content = TestApp.parse(complete(ask("")).body())
                        .path("choices")
                        .path(0)
                        .path("message");
                assertThat(content.path("content").stringValue())
                        .startsWith("it is *")
                        .doesNotContain(KEY);
                script = (_, out) -> out.stream()
                        .write("data: {\"choices\":[{\"delta\":{\"content\":\"" + echo
                                + "\"},\"finish_reason\":\"stop\"}]}\n\n");
                assertThat(complete(ask(",\"stream\":true")).body())
                        .contains("***")
                        .doesNotContain(echo);
            }
        }
    }

    @Test
    void aKeyEchoedByAProviderIsRedactedInThreadsModelsAndCompletions() {
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

    @Test
    void aClientDisconnectCancelsTheProviderRequest() throws Exception {
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

    @Test
    void theModelsEndpointListsTheModelsOfTheUsersProvider() {
        var answer = TestApp.send(
                request("/v1/models", Tokens.emulator("alice")).GET().build());
        var data = TestApp.parse(answer.body()).path("data");
        assertThat(data.valueStream().map(model -> model.path("id").stringValue()))
                .containsExactly("default", "fake-1");
        assertThat(data.path(1).path("context_window").intValue()).isEqualTo(8192);
    }

    @Test
    void aPersonalTokenAuthenticatesItsOwnerUntilItIsRevoked() {
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
    void answersOfEveryProviderAreReturnedInTheOpenAiFormat(String provider) {
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

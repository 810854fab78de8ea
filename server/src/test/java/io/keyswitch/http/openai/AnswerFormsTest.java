package io.keyswitch.http.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.testing.FakeProvider;
import io.keyswitch.testing.TestApp;
import io.keyswitch.testing.Tokens;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers in forms that nobody asked for: other types, other media types, no end or a second one. */
@Timeout(180)
class AnswerFormsTest extends ScriptedV1 {
    private static final String HELLO = """
            data: {"id":"c1","object":"chat.completion.chunk","model":"fake-1","choices":[{"index":0,"delta":{"role":"assistant","content":"Hel"}}]}

            data: {"choices":[{"index":0,"delta":{"content":"lo"}}]}

            data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

            data: {"choices":[],"usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}}

            data: [DONE]

            """;
    private static final String WHOLE = """
            {"id":"c1","object":"chat.completion","created":7,"model":"fake-1","choices":[{"index":0,"message":{"role":"assistant",
            "content":"Hello","tool_calls":[{"id":"t1","type":"function","function":{"name":"f","arguments":"{}"}}]},
            "logprobs":null,"finish_reason":"tool_calls"}],"usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}}
            """;

    private static HttpResponse<String> stream() {
        return complete(ask(",\"stream\":true,\"stream_options\":{\"include_usage\":true}"));
    }

    private static String chat() {
        // Without the notice about a key that could not be checked.
        return app.chat("bob", "forms", "hi").replaceFirst("^\\*\\(.*\\)\\*\\s*", "");
    }

    // The end of an answer

    @Test
    void anAnswerIsCompleteAtItsEndMarkerThoughTheConnectionStaysOpen() {
        script = (_, out) -> {
            out.stream().write(HELLO);
            out.awaitHangUp();
        };
        int before = fake.seen().size();
        assertThat(stream().body())
                .contains("\"lo\"")
                .endsWith("data: [DONE]\n\n")
                .doesNotContain("error");
        assertThat(chat()).isEqualTo("Hello");
        assertThat(fake.seen()).hasSize(before + 2);
    }

    @Test
    void anAnswerIsCompleteAtItsEndMarkerThoughTheConnectionBreaks() {
        script = (_, out) -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
            out.write("%x\r\n%s\r\n".formatted(HELLO.getBytes(StandardCharsets.UTF_8).length, HELLO));
            out.reset();
        };
        assertThat(stream().body()).endsWith("data: [DONE]\n\n").doesNotContain("error");
        assertThat(chat()).isEqualTo("Hello");
    }

    @Test
    void anAnswerWithAFinishReasonIsCompleteThoughTheConnectionBreaks() {
        var frames = HELLO.substring(0, HELLO.indexOf("data: [DONE]"));
        script = (_, out) -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
            out.write("%x\r\n%s\r\n".formatted(frames.getBytes(StandardCharsets.UTF_8).length, frames));
            out.close();
        };
        assertThat(stream().body()).endsWith("data: [DONE]\n\n").doesNotContain("error");
        assertThat(chat()).isEqualTo("Hello");
    }

    @Test
    void anEmptyFinishReasonIsNone() {
        script = (_, out) ->
                out.stream().write("data: {\"choices\":[{\"delta\":{\"content\":\"a\"},\"finish_reason\":\"\"}]}\n\n");
        assertThat(stream().body()).contains("ended early").doesNotContain("[DONE]");
    }

    // Values of another type

    @Test
    void numbersBooleansAndObjectsAreText() {
        script = (_, out) -> out.stream().write("""
                data: {"choices":[{"delta":{"content":"$0.00"}}]}

                data: {"choices":[{"delta":{"content": 5}}]}

                data: {"choices":[{"delta":{"content":true}}]}

                data: {"choices":[{"delta":{"content":{"a":[1]}},"finish_reason":"stop"}]}

                data: [DONE]

                """);
        assertThat(chat()).isEqualTo("$0.005true{\"a\":[1]}");
        assertThat(stream().body())
                .contains("\"content\":\"5\"")
                .contains("\"content\":\"true\"")
                .contains("\"content\":\"{\\\"a\\\":[1]}\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"choices\":[{\"message\":{\"content\":42},\"finish_reason\":\"stop\"}]}",
                "{\"response\":42}",
                "{\"result\":{\"response\":42},\"success\":true}"
            })
    void anAnswerThatIsANumberIsReadAsText(String body) {
        script = (_, out) -> out.json(200, body);
        assertThat(TestApp.parse(complete(ask("")).body()).at("/choices/0/message/content"))
                .hasToString("\"42\"");
        assertThat(chat()).isEqualTo("42");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"choices\":null}", "{\"choices\":[]}", "[]", "null"})
    void anAnswerWithoutAChoiceIsAnError(String body) {
        script = (_, out) -> out.json(200, body);
        assertThat(complete(ask("")).statusCode()).isEqualTo(502);
        assertThat(stream().statusCode()).isEqualTo(502);
    }

    // The other form

    @Test
    void aCompleteAnswerBecomesTheStreamAskedFor() {
        script = (_, out) -> out.json(200, WHOLE);
        var answer = stream();
        assertThat(answer.headers().firstValue("content-type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/event-stream"));
        var chunks = answer.body()
                .lines()
                .filter(line -> line.startsWith("data: {"))
                .map(line -> TestApp.parse(line.substring(6)))
                .toList();
        assertThat(chunks).hasSize(3);
        assertThat(chunks.getFirst().at("/choices/0/delta/content").stringValue())
                .isEqualTo("Hello");
        assertThat(chunks.getFirst().at("/choices/0/delta/tool_calls/0/index").intValue())
                .isZero();
        assertThat(chunks.getFirst().path("object").stringValue()).isEqualTo("chat.completion.chunk");
        assertThat(chunks.get(1).at("/choices/0/finish_reason").stringValue()).isEqualTo("tool_calls");
        assertThat(chunks.get(2).at("/usage/total_tokens").intValue()).isEqualTo(5);
        assertThat(answer.body()).endsWith("data: [DONE]\n\n");
    }

    @Test
    void aStreamBecomesTheCompleteAnswerAskedFor() {
        script = (_, out) -> out.stream().write("""
                data: {"id":"c1","object":"chat.completion.chunk","model":"fake-1","choices":[{"index":0,"delta":{"role":"assistant","content":"Hel","tool_calls":[{"index":0,"id":"t1","type":"function","function":{"name":"f","arguments":"{\\"a\\""}}]}}]}

                data: {"choices":[{"index":0,"delta":{"content":"lo","tool_calls":[{"index":0,"function":{"arguments":":1}"}}]}}]}

                data: {"choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}],"usage":{"total_tokens":5}}

                data: [DONE]

                """);
        var answer = complete(ask(""));
        assertThat(answer.headers().firstValue("content-type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/json"));
        var completion = TestApp.parse(answer.body());
        assertThat(completion.path("object").stringValue()).isEqualTo("chat.completion");
        assertThat(completion.at("/choices/0/message/content").stringValue()).isEqualTo("Hello");
        assertThat(completion
                        .at("/choices/0/message/tool_calls/0/function/arguments")
                        .stringValue())
                .isEqualTo("{\"a\":1}");
        assertThat(completion
                        .at("/choices/0/message/tool_calls/0/function/name")
                        .stringValue())
                .isEqualTo("f");
        assertThat(completion.at("/choices/0/finish_reason").stringValue()).isEqualTo("tool_calls");
        assertThat(completion.at("/usage/total_tokens").intValue()).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/octet-stream", "application/json", "text/event-stream", "x/y"})
    void anEventStreamIsOneWhateverItsMediaType(String type) {
        for (var start : List.of("", "\uFEFF", ": hello\n\n", "event: message\n", "\n\n", "id: 1\n")) {
            script = (_, out) -> out.head(200, type).write(start + HELLO);
            assertThat(stream().body()).as(start).contains("\"lo\"").endsWith("data: [DONE]\n\n");
            assertThat(chat()).as(start).isEqualTo("Hello");
        }
    }

    @Test
    void anEventStreamIsRecognisedFromItsFirstBytesOneByOne() {
        script = (_, out) -> {
            out.head(200, "text/plain");
            for (byte one : ("\uFEFF" + HELLO).getBytes(StandardCharsets.UTF_8)) {
                out.write(new byte[] {one});
            }
        };
        assertThat(chat()).isEqualTo("Hello");
    }

    @Test
    void anAnswerWithoutAMediaTypeIsRead() {
        for (var body : List.of(HELLO, WHOLE)) {
            script = (_, out) -> out.write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + body);
            assertThat(chat()).isEqualTo("Hello");
        }
    }

    @Test
    void anAnswerMayBeginWithAByteOrderMark() {
        script = (_, out) -> out.json(200, "\uFEFF" + WHOLE);
        assertThat(TestApp.parse(complete(ask("")).body()).path("id").stringValue())
                .isEqualTo("c1");
        assertThat(chat()).isEqualTo("Hello");
    }

    private static byte[] gzip(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    @Test
    void anAnswerMayBeCompressedUnasked() {
        for (var coding : List.of("gzip", "GZIP", "x-gzip")) {
            script = (_, out) -> out.head(200, "application/json", "Content-Encoding: " + coding)
                    .write(gzip(WHOLE));
            assertThat(TestApp.parse(complete(ask("")).body()).path("id").stringValue())
                    .isEqualTo("c1");
            script = (_, out) -> out.head(200, "text/event-stream", "Content-Encoding: " + coding)
                    .write(gzip(HELLO));
            assertThat(stream().body()).contains("\"lo\"").endsWith("data: [DONE]\n\n");
            assertThat(chat()).isEqualTo("Hello");
        }
        script = (_, out) -> out.head(401, "application/json", "Content-Encoding: gzip")
                .write(gzip("{\"error\":{\"code\":\"invalid_api_key\"}}"));
        assertThat(complete(ask("")).statusCode()).isEqualTo(401);
    }

    @Test
    void aCompressedAnswerOfEndlessLengthIsCutOff() throws IOException {
        var bomb = gzip("[" + " ".repeat(64 << 20));
        script = (_, out) ->
                out.head(200, "application/json", "Content-Encoding: gzip").write(bomb);
        assertThat(complete(ask("")).statusCode()).isEqualTo(502);
    }

    @Test
    void aProviderWithoutStreamsIsStreamedFrom() {
        script = (request, out) -> {
            assertThat(request.body()).doesNotContain("\"stream");
            out.json(200, WHOLE);
        };
        try (var provider = FakeProvider.answering(script)) {
            try (var other =
                    TestApp.start("  whole: {baseUrl: '%s/v1', defaultModel: m-1, quirks: {streaming: false}}\n"
                            .formatted(provider.baseUrl()))) {
                other.call(
                        "updateUserModelConfig", Map.of("provider", "whole", "modelId", "m-1", "apiKey", KEY), "alice");
                var answer = TestApp.send(HttpRequest.newBuilder(URI.create(other.url() + "/v1/chat/completions"))
                        .header("Authorization", "Bearer " + Tokens.emulator("alice"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(
                                ask(",\"stream\":true,\"stream_options\":{\"include_usage\":true}")))
                        .build());
                assertThat(answer.body())
                        .contains("\"delta\"")
                        .contains("Hello")
                        .endsWith("data: [DONE]\n\n");
            }
        }
    }

    @Test
    void whatAProviderLacksIsLeftOutAndNamed() {
        try (var other = TestApp.start()) {
            other.call(
                    "updateUserModelConfig",
                    Map.of(
                            "provider",
                            "anthropic",
                            "modelId",
                            "claude-sonnet-5-5",
                            "apiKey",
                            "sk-ant-abcdefghijklmnop1234"),
                    "alice");
            var answer = TestApp.send(HttpRequest.newBuilder(URI.create(other.url() + "/v1/chat/completions"))
                    .header("Authorization", "Bearer " + Tokens.emulator("alice"))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString("""
                            {"messages":[{"role":"user","name":"al","content":"hi"}],"seed":7,"store":true,"verbosity":"low",
                             "metadata":{"a":"b"},"prompt_cache_key":"k","modalities":["text"],
                             "response_format":{"type":"json_object"}}"""))
                    .build());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(answer.headers().firstValue("x-keyswitch-dropped"))
                    .hasValue(
                            "messages.name, metadata, modalities, prompt_cache_key, response_format.json_object, seed,"
                                    + " store, verbosity");
        }
    }
}

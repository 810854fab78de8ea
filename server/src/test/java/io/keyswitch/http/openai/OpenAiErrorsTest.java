package io.keyswitch.http.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.testing.TestApp;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Errors of {@code /v1}, its own and the providers': in OpenAI's format, without provider error messages. */
class OpenAiErrorsTest extends ScriptedV1 {
    @Test
    void aCloudflareErrorMidStreamBecomesAServerError() {
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
    void aTruncatedStreamEndsWithAnErrorInsteadOfDone() {
        script = (_, out) -> out.stream().write("data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n");
        var body = complete(ask(",\"stream\":true")).body();
        assertThat(body).contains("\"content\":\"a\"").contains("ended early").doesNotContain("[DONE]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\":{\"message\":\"Overloaded\",\"code\":502}}",
                "{\"choices\":[{\"delta\":{},\"finish_reason\":\"error\"}],\"error\":{\"code\":502,\"message\":\"x\"}}"
            })
    void aProviderErrorMidStreamIsReportedWithoutItsMessage(String event) {
        var onTwoLines = event.replaceFirst(",", ",\ndata: ");
        for (var frame :
                List.of("data: " + event + "\n\n", "data: " + event + "\r\r", "data: " + onTwoLines + "\n\n")) {
            script = (_, out) -> out.stream().write("data: {\"choices\":[]}\n\n" + frame);
            assertThat(complete(ask(",\"stream\":true")).body())
                    .as(frame)
                    .contains("\"type\":\"server_error\"")
                    .doesNotContain("Overloaded");
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
                "400 | {\"error\":{\"message\":\"'messages' : minimum number of items is 1\"}} | 400 | invalid_request_error | invalid_value | false",
                "503 | {} | 503 | server_error | | true",
                "200 | {\"error\":{\"code\":429,\"message\":\"x\"}} | 429 | rate_limit_error | rate_limit_exceeded | true",
                "200 | no json | 502 | server_error | | true"
            })
    void providerErrorsAreMappedToOpenAiErrors(
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
    void anErrorNamesNoFieldThatTheClientDidNotSend() {
        script = (_, out) -> out.json(400, "{\"error\":{\"param\":\"" + KEY + "\",\"message\":\"`secret` no\"}}");
        var error = error(complete(ask("")));
        assertThat(error.path("param").isNull()).isTrue();
        assertThat(error.toString()).doesNotContain(KEY).doesNotContain("secret");
    }

    @Test
    void theFallbackTokenLimitFieldIsTriedOnceAndCached() {
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
    void rejectedFieldsAreDroppedOnlyIfTheRegistryAllowsIt() {
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
    void aFieldThatIsRejectedBesideAnotherIsSentAgainInTheNextRequest() {
        script = (request, out) -> {
            if (request.body().contains("temperature") && request.body().contains("top_p")) {
                out.json(
                        400,
                        "{\"error\":{\"message\":\"`temperature` and `top_p` cannot both be specified for this model.\"}}");
            } else {
                out.json(200, "{\"choices\":[{\"message\":{\"content\":\"x\"},\"finish_reason\":\"stop\"}]}");
            }
        };
        assertThat(complete(ask(",\"model\":\"o7\",\"temperature\":0.2,\"top_p\":0.9"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(fake.seen().getLast().body()).contains("top_p").doesNotContain("temperature");
        assertThat(complete(ask(",\"model\":\"o7\",\"temperature\":0.2")).statusCode())
                .isEqualTo(200);
        assertThat(fake.seen().getLast().body()).contains("\"temperature\":0.2");
    }

    @Test
    void aFailedCallOfAToolIsShownToTheClientWithoutTheKey() {
        var error =
                "{\"error\":{\"message\":\"Failed to call a function. Please adjust your prompt.\",\"type\":\"invalid_request_error\","
                        + "\"code\":\"tool_use_failed\",\"status_code\":400,\"failed_generation\":\"<function=f>{\\\"key\\\":\\\"%s\\\"}\"}}"
                                .formatted(KEY);
        script = (_, out) -> out.json(400, error);
        int before = fake.seen().size();
        var plain = complete(ask(",\"tools\":[]"));
        assertThat(plain.statusCode()).isEqualTo(400);
        assertThat(plain.headers().firstValue("x-should-retry")).hasValue("false");
        script = (_, out) -> out.stream()
                .write("data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\nevent: error\ndata: " + error
                        + "\n\n");
        var streamed = complete(ask(",\"stream\":true"));
        assertThat(fake.seen()).hasSize(before + 2);
        for (var body : List.of(plain.body(), streamed.body())) {
            assertThat(body)
                    .contains("\"code\":\"tool_use_failed\"")
                    .contains("\"failed_generation\":\"<function=f>{\\\"key\\\":\\\"****")
                    .doesNotContain(KEY);
        }
    }

    @Test
    void aRejectedValueIsTheClientsErrorAndSentOnce() {
        script = (_, out) -> out.json(400, "{\"error\":{\"message\":\"temperature: range: 0..1\"}}");
        int before = fake.seen().size();
        var answer = complete(ask(",\"model\":\"o6\",\"temperature\":1.5"));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(error(answer).path("param").stringValue()).isEqualTo("temperature");
        assertThat(error(answer).path("code").stringValue()).isEqualTo("invalid_value");
        assertThat(fake.seen()).hasSize(before + 1);
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
    void aMalformedRequestIsRejected(String body) {
        var answer = complete(body);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(error(answer).path("type").stringValue()).isEqualTo("invalid_request_error");
    }

    @Test
    void aPersonalTokenIsRejectedOutsideV1() {
        var answer =
                app.post("getUserModelConfig", Map.of(), null, Map.of("Authorization", "Bearer " + token("alice")));
        assertThat(answer.statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ks_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "nonsense", ""})
    void aRequestWithoutAValidTokenIsRejected(String token) {
        var answer = complete(token, ask(""));
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(error(answer).path("code").stringValue()).isEqualTo("invalid_api_key");
        assertThat(answer.headers().firstValue("x-should-retry")).hasValue("false");
    }

    @Test
    void unknownV1PathsReturnAnOpenAiNotFoundError() {
        var answer = TestApp.send(request("/v1/embeddings", "x")
                .POST(HttpRequest.BodyPublishers.noBody())
                .build());
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(error(answer).path("code").stringValue()).isEqualTo("unknown_url");
    }
}

package io.keyswitch.llm.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.core.Json;
import io.keyswitch.core.Reason;
import io.keyswitch.llm.LlmFailure;
import io.keyswitch.llm.LlmFailure.Fault;
import io.keyswitch.testing.TestApp;
import io.keyswitch.testing.TestData;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ProviderErrorsTest {
    private static Arguments error(int status, String body, LlmFailure means) {
        return Arguments.of(status, body, means);
    }

    static Stream<Arguments> documentedProviderErrorsMapToTheirFailure() {
        var invalidKey = LlmFailure.of(Reason.INVALID_KEY);
        var noCredit = LlmFailure.of(Reason.NO_CREDIT);
        return Stream.of(
                // OpenAI
                error(
                        401,
                        "{\"error\":{\"message\":\"Incorrect API key provided: sk-a**b\",\"type\":\"invalid_request_error\",\"code\":\"invalid_api_key\"}}",
                        invalidKey),
                error(
                        429,
                        "{\"error\":{\"message\":\"x\",\"type\":\"insufficient_quota\",\"code\":\"insufficient_quota\"}}",
                        noCredit),
                error(
                        429,
                        "{\"error\":{\"message\":\"x\",\"type\":\"tokens\",\"code\":\"rate_limit_exceeded\"}}",
                        LlmFailure.waiting(Reason.RATE_LIMITED, null)),
                error(404, "{\"error\":{\"code\":\"model_not_found\"}}", LlmFailure.of(Reason.UNKNOWN_MODEL)),
                error(
                        400,
                        "{\"error\":{\"param\":\"max_tokens\",\"code\":\"unsupported_parameter\"}}",
                        LlmFailure.rejected("max_tokens", Fault.UNSUPPORTED)),
                error(400, "{\"error\":{\"param\":\"temperature\",\"code\":null}}", LlmFailure.rejected("temperature")),
                error(
                        400,
                        "{\"error\":{\"param\":\"messages[0].name\",\"code\":\"invalid_value\"}}",
                        LlmFailure.rejected("messages")),
                error(
                        400,
                        "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"temperature: Extra inputs are not permitted\"}}",
                        LlmFailure.rejected("temperature", Fault.UNSUPPORTED)),
                error(
                        400,
                        "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"thinking.type: adaptive thinking is not supported on this model\"}}",
                        LlmFailure.rejected("thinking", Fault.UNSUPPORTED)),
                error(
                        400,
                        "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"`top_p` is deprecated for this model\"}}",
                        LlmFailure.rejected("top_p", Fault.UNSUPPORTED)),
                error(
                        400,
                        "{\"error\":{\"code\":\"context_length_exceeded\"}}",
                        LlmFailure.of(Reason.CONTEXT_TOO_LONG)),
                error(503, "{\"error\":{\"type\":\"server_error\"}}", LlmFailure.waiting(Reason.OVERLOADED, null)),
                // Anthropic
                error(
                        401,
                        "{\"type\":\"error\",\"error\":{\"type\":\"authentication_error\",\"message\":\"invalid x-api-key\"}}",
                        invalidKey),
                error(
                        400,
                        "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"Your credit balance is too low\"}}",
                        noCredit),
                error(402, "{\"type\":\"error\",\"error\":{\"type\":\"billing_error\"}}", noCredit),
                error(
                        404,
                        "{\"type\":\"error\",\"error\":{\"type\":\"not_found_error\"}}",
                        LlmFailure.of(Reason.UNKNOWN_MODEL)),
                error(
                        529,
                        "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\"}}",
                        LlmFailure.waiting(Reason.OVERLOADED, null)),
                error(
                        403,
                        "{\"type\":\"error\",\"error\":{\"type\":\"permission_error\"}}",
                        LlmFailure.of(Reason.NOT_PERMITTED)),
                error(
                        413,
                        "{\"type\":\"error\",\"error\":{\"type\":\"request_too_large\"}}",
                        LlmFailure.of(Reason.CONTEXT_TOO_LONG)),
                // Gemini
                error(
                        400,
                        "[{\"error\":{\"code\":400,\"status\":\"INVALID_ARGUMENT\",\"details\":[{\"reason\":\"API_KEY_INVALID\"}]}}]",
                        invalidKey),
                error(
                        401,
                        "{\"error\":{\"code\":401,\"status\":\"UNAUTHENTICATED\",\"details\":[{\"reason\":\"ACCESS_TOKEN_TYPE_UNSUPPORTED\"}]}}",
                        invalidKey),
                error(402, "{\"error\":{\"code\":402,\"status\":\"RESOURCE_EXHAUSTED\"}}", noCredit),
                error(
                        403,
                        "{\"error\":{\"code\":403,\"status\":\"PERMISSION_DENIED\"}}",
                        LlmFailure.of(Reason.NOT_PERMITTED)),
                error(
                        429,
                        "{\"error\":{\"code\":429,\"status\":\"RESOURCE_EXHAUSTED\",\"details\":[{\"retryDelay\":\"34.4s\"}]}}",
                        LlmFailure.waiting(Reason.RATE_LIMITED, Duration.ofSeconds(35))),
                error(
                        503,
                        "{\"error\":{\"code\":503,\"status\":\"UNAVAILABLE\"}}",
                        LlmFailure.waiting(Reason.OVERLOADED, null)),
                // Cloudflare
                error(
                        401,
                        "{\"success\":false,\"errors\":[{\"code\":10000,\"message\":\"Authentication error\"}]}",
                        invalidKey),
                error(
                        404,
                        "{\"success\":false,\"errors\":[{\"code\":7003,\"message\":\"Could not route\"}]}",
                        LlmFailure.of(Reason.UNKNOWN_ACCOUNT)),
                error(400, "{\"success\":false,\"errors\":[{\"code\":5007}]}", LlmFailure.of(Reason.UNKNOWN_MODEL)),
                error(429, "{\"success\":false,\"errors\":[{\"code\":3036}]}", noCredit),
                error(
                        429,
                        "{\"success\":false,\"errors\":[{\"code\":3040}]}",
                        LlmFailure.waiting(Reason.OVERLOADED, null)),
                // Others
                error(400, "{\"code\":\"x\",\"error\":\"Incorrect API key provided: xa***yz\"}", invalidKey),
                error(401, "{\"message\":\"Unauthorized\",\"request_id\":\"r\"}", invalidKey),
                error(
                        422,
                        "{\"object\":\"error\",\"message\":{\"detail\":[{\"loc\":[\"body\",\"max_completion_tokens\"],\"msg\":\"Extra\"}]}}",
                        LlmFailure.rejected("max_completion_tokens")),
                error(402, "{\"error\":{\"message\":\"Insufficient Balance\"}}", noCredit),
                error(498, "{\"error\":{\"code\":\"capacity_exceeded\"}}", LlmFailure.waiting(Reason.OVERLOADED, null)),
                error(502, "<html>Bad gateway</html>", LlmFailure.of(Reason.SERVER_ERROR)),
                error(
                        504,
                        "{\"error\":{\"code\":504,\"status\":\"DEADLINE_EXCEEDED\"}}",
                        LlmFailure.of(Reason.SERVER_ERROR)),
                error(500, "{\"error\":{\"type\":\"server_error\"}}", LlmFailure.of(Reason.SERVER_ERROR)),
                error(
                        500,
                        "{\"type\":\"error\",\"error\":{\"type\":\"api_error\"}}",
                        LlmFailure.of(Reason.SERVER_ERROR)),
                error(
                        503,
                        "{\"type\":\"error\",\"error\":{\"type\":\"api_error\"}}",
                        LlmFailure.waiting(Reason.OVERLOADED, null)),
                error(408, "{\"success\":false,\"errors\":[{\"code\":3007}]}", LlmFailure.of(Reason.SERVER_ERROR)));
    }

    @ParameterizedTest
    @MethodSource
    void documentedProviderErrorsMapToTheirFailure(int status, String body, LlmFailure means) {
        var parsed = io.keyswitch.core.Json.readFromProvider(body);
        assertThat(ProviderErrors.of(
                        status, null, parsed == null ? tools.jackson.databind.node.MissingNode.getInstance() : parsed))
                .isEqualTo(means);
    }

    private static Arguments says(Reason reason, int status, String message) {
        return Arguments.of(reason, status, "{\"error\":{\"message\":\"" + message + "\"}}");
    }

    static Stream<Arguments> theWordsOfAMessageDecideWhereTheStatusDoesNot() {
        return Stream.of(
                says(Reason.CONTEXT_TOO_LONG, 400, "This model's maximum prompt length is 131072 but it has 140000"),
                says(
                        Reason.CONTEXT_TOO_LONG,
                        400,
                        "input length and `max_tokens` exceed context limit: 190000 + 20000"),
                says(Reason.CONTEXT_TOO_LONG, 400, "prompt is too long: 210000 tokens > 200000 maximum"),
                says(
                        Reason.CONTEXT_TOO_LONG,
                        400,
                        "The input token count (9) exceeds the maximum number of tokens (8)"),
                says(Reason.CONTEXT_TOO_LONG, 400, "the request exceeds the available context size, try increasing it"),
                says(Reason.CONTEXT_TOO_LONG, 400, "Prompt too long: 5152 tokens exceeds max_seq_len 2048"),
                says(
                        Reason.CONTEXT_TOO_LONG,
                        400,
                        "Trying to keep the first 111490 tokens when context the overflows. However, the model is loaded"
                                + " with context length of only 32768 tokens"),
                says(
                        Reason.CONTEXT_TOO_LONG,
                        400,
                        "The prompt (total length 25938) is too long to fit into the model (context length 4096)"),
                says(Reason.CONTEXT_TOO_LONG, 400, "Input tokens exceed the configured limit of 272000 tokens"),
                says(Reason.CONTEXT_TOO_LONG, 400, "The request exceeded this model context window limit (7968)"),
                says(
                        Reason.CONTEXT_TOO_LONG,
                        400,
                        "The input (265330 tokens) is longer than the model's context length (262144 tokens)"),
                says(Reason.CONTEXT_TOO_LONG, 429, "Extra usage is required for long context requests."),
                says(
                        Reason.CONTEXT_TOO_LONG,
                        429,
                        "Request too large for gpt-4o in organization org-x on tokens per min (TPM): Limit 30000,"
                                + " Requested 342389. The input or output tokens must be reduced."),
                says(
                        Reason.RATE_LIMITED,
                        429,
                        "Rate limit reached for gpt-4o on tokens per min (TPM): Limit 30000, Used 29000, Requested"
                                + " 2000. Please try again in 2s."),
                says(
                        Reason.NO_CREDIT,
                        429,
                        "You exceeded your current quota.\\n* Quota exceeded for metric:"
                                + " generativelanguage.googleapis.com/generate_content_free_tier_input_token_count, limit: 0"),
                says(Reason.NO_CREDIT, 429, "Gemini 2.5 Pro Preview doesn't have a free quota tier."),
                says(Reason.BLOCKED, 400, "Content Exists Risk"),
                says(Reason.BLOCKED, 400, "Output blocked by content filtering policy"),
                says(Reason.BLOCKED, 403, "Your input was flagged by moderation"),
                says(Reason.NO_CREDIT, 403, "Your newly created team doesn't have any credits yet."),
                says(Reason.NO_CREDIT, 403, "Your team has used all available credits or reached its spending limit"),
                says(Reason.NO_CREDIT, 403, "Key limit exceeded (total limit)."),
                says(Reason.NO_CREDIT, 400, "Your credit balance is too low to access the API."),
                says(Reason.NO_CREDIT, 429, "you have used up your daily free allocation of 10,000 neurons"),
                says(Reason.NO_CREDIT, 400, "Gemini API free tier is not available in your country. Enable billing."),
                says(Reason.REGION, 403, "Country, region, or territory not supported"),
                says(Reason.REGION, 403, "Request not allowed"),
                says(Reason.REGION, 403, "This model is not available in your region."),
                says(Reason.ACCOUNT_SUSPENDED, 403, "Permission denied: Consumer 'api_key:x' has been suspended."),
                says(Reason.ACCOUNT_SUSPENDED, 400, "Organization has been restricted. Please contact support."),
                says(Reason.ACCOUNT_SUSPENDED, 400, "This organization has been disabled."),
                says(Reason.KEY_EXPIRED, 400, "API key expired. Please renew the API key."),
                says(Reason.KEY_RESTRICTED, 403, "Requests from referer <empty> are blocked."),
                says(Reason.KEY_RESTRICTED, 403, "The provided API key has an IP address restriction."),
                says(Reason.KEY_RESTRICTED, 401, "Your IP address is not in the allowlist"),
                says(Reason.KEY_RESTRICTED, 403, "Request had insufficient authentication scopes."),
                says(Reason.API_DISABLED, 403, "The API has not been used in project 12 before or it is disabled."),
                says(
                        Reason.MODEL_RETIRED,
                        404,
                        "This model models/gemini-1.0-pro is no longer available to new users."),
                says(
                        Reason.MODEL_RETIRED,
                        404,
                        "The model `gpt-4-32k` has been deprecated, learn more here: https://x"),
                says(Reason.UNKNOWN_MODEL, 400, "Model not exist"),
                // The words occur, but not about the key or the model.
                says(Reason.REJECTED, 400, "`top_p` is no longer supported for this model"),
                says(Reason.REJECTED, 400, "For this model, the parameter `temperature` is no longer supported."),
                says(Reason.REJECTED, 400, "Model gpt-5.9: `top_p` has been deprecated."),
                says(Reason.REJECTED, 400, "Invalid schema for function 'lookup_ip': 'ip' is not allowed"),
                says(Reason.REJECTED, 400, "The image could not be fetched: its host's IP address is not allowed"),
                says(
                        Reason.REJECTED,
                        400,
                        "1 validation error for the request: input should be valid, got 'help, my API key has expired'"),
                says(Reason.REJECTED, 400, "messages: the free trial of this feature has expired"),
                says(Reason.RATE_LIMITED, 429, "You exceeded your current quota, please check your plan and billing."),
                says(Reason.NOT_PERMITTED, 403, "The caller does not have permission"));
    }

    @ParameterizedTest
    @MethodSource
    void theWordsOfAMessageDecideWhereTheStatusDoesNot(Reason reason, int status, String body) {
        assertThat(ProviderErrors.of(status, null, TestApp.parse(body)).reason())
                .isEqualTo(reason);
    }

    @Test
    void aMessageMadeToBeSlowIsReadAtOnce() {
        for (var hostile :
                List.of("model" + ".a".repeat(5_000), "model ".repeat(5_000), "requests to this api ".repeat(500))) {
            assertThat(ProviderErrors.of(400, null, TestApp.parse("{\"error\":{\"message\":\"" + hostile + "\"}}"))
                            .reason())
                    .isEqualTo(Reason.REJECTED);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"error\":{\"code\":\"429\",\"message\":\"x\"}} | RATE_LIMITED",
                "{\"error\":{\"message\":\"x\"},\"status_code\":400} | REJECTED",
                "{\"error\":{\"message\":\"x\",\"code\":\"model_decommissioned\"}} | MODEL_RETIRED",
                "{\"error\":{\"message\":\"x\",\"type\":\"internal_server_error\"}} | SERVER_ERROR"
            })
    void aStatusInsideTheBodyCountsInAnswersThatBeganWell(String body, Reason reason) {
        assertThat(ProviderErrors.inAnswer(TestApp.parse(body)).reason()).isEqualTo(reason);
    }

    @Test
    void theRetryAfterHeaderTakesPrecedenceOverTheBody() {
        var body = TestApp.parse("{\"error\":{\"code\":429,\"details\":[{\"retryDelay\":\"34.4s\"}]}}");
        assertThat(ProviderErrors.of(429, Duration.ofSeconds(5), body))
                .isEqualTo(LlmFailure.waiting(Reason.RATE_LIMITED, Duration.ofSeconds(5)));
    }

    @Test
    void errorsInsideA200ResponseMapToTheirFailure() {
        assertThat(ProviderErrors.inAnswer(TestApp.parse("{\"error\":{\"code\":502,\"message\":\"x\"}}")))
                .isEqualTo(LlmFailure.of(Reason.SERVER_ERROR));
        assertThat(ProviderErrors.inAnswer(
                        TestApp.parse("{\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\"}}")))
                .isEqualTo(LlmFailure.waiting(Reason.RATE_LIMITED, null));
        assertThat(ProviderErrors.inAnswer(TestApp.parse("{\"error\":{\"message\":\"?\"}}")))
                .isEqualTo(LlmFailure.of(Reason.BROKEN_ANSWER));
    }

    @ParameterizedTest
    @MethodSource
    void recordedProviderErrorsMapToTheirFailure(String file, int status, LlmFailure means) throws Exception {
        var body = TestApp.parse(Files.readString(TestData.path("wire/fixtures/" + file)));
        assertThat(ProviderErrors.isError(body)).isTrue();
        assertThat(ProviderErrors.of(status, null, body)).isEqualTo(means);
    }

    static Stream<Arguments> recordedProviderErrorsMapToTheirFailure() {
        return Stream.of(
                Arguments.of("openai/error-insufficient-quota.json", 429, LlmFailure.of(Reason.NO_CREDIT)),
                Arguments.of(
                        "openai/error-max_tokens-unsupported.json",
                        400,
                        LlmFailure.rejected("max_tokens", Fault.UNSUPPORTED)),
                Arguments.of(
                        "openai/error-temperature-unsupported.json",
                        400,
                        LlmFailure.rejected("temperature", Fault.UNSUPPORTED)),
                Arguments.of("anthropic/error-400-tool-order.json", 400, LlmFailure.rejected("messages", Fault.VALUE)),
                Arguments.of("gemini/error-400-api-key-invalid.json", 400, LlmFailure.of(Reason.INVALID_KEY)),
                Arguments.of(
                        "gemini/error-429-retry-info.json",
                        429,
                        LlmFailure.waiting(Reason.RATE_LIMITED, Duration.ofSeconds(35))),
                Arguments.of("cloudflare/error-404-bad-account.json", 404, LlmFailure.of(Reason.UNKNOWN_ACCOUNT)),
                Arguments.of(
                        "mistral/error-422-extra-field.json",
                        422,
                        LlmFailure.rejected("max_completion_tokens", Fault.UNSUPPORTED)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {'error':{'code':'unsupported_country_region_territory','message':'Country, region, or territory not supported'}} | REGION
            {'type':'error','error':{'type':'invalid_request_error','message':'prompt is too long: 210000 tokens > 200000 maximum'}}  | CONTEXT_TOO_LONG
            Your credit balance is too low to access the API.                                               | NO_CREDIT
            """)
    void theErrorOfTheProviderBehindOpenRouterDecides(String raw, Reason reason) {
        var body = Json.object();
        var error = body.putObject("error")
                .put("message", "Provider returned error")
                .put("code", 403);
        error.putObject("metadata").put("raw", raw.replace('\'', '"')).put("provider_name", "X");
        assertThat(ProviderErrors.of(403, null, body).reason()).isEqualTo(reason);
    }

    /** Only a field that the model does not take at all is remembered, and only a value is the client's mistake. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            Unsupported parameter: 'temperature' is not supported with this model.                          | temperature | UNSUPPORTED
            Unsupported value: 'temperature' does not support 0.2 with this model. Only the default (1) value is supported. | temperature | UNSUPPORTED
            Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead. | max_tokens | UNSUPPORTED
            Your organization must be verified to stream this model. `stream`                              | stream      | UNSUPPORTED
            registry.ollama.ai/library/gemma3:4b does not support tools                                     | tools       | UNSUPPORTED
            "auto" tool choice requires --enable-auto-tool-choice and --tool-call-parser to be set          | tools       | UNSUPPORTED
            Function tools with reasoning_effort are not supported for gpt-5.6-terra in /v1/chat/completions. | tools.reasoning_effort | UNSUPPORTED
            Function calling with a response mime type: 'application/json' is unsupported                   | generationConfig.responseMimeType | COMBINATION
            Corrupted thought signature.                                                                    | contents.thoughtSignature | COMBINATION
            Invalid thought signature.                                                                      | contents.thoughtSignature | COMBINATION
            invalid temperature: only 1 is allowed for this model `temperature`                             | temperature | UNSUPPORTED
            Unknown name "seed": Cannot find field.                                                         | seed        | UNSUPPORTED
            Unrecognized request argument supplied: 'seed'                                                  | seed        | UNSUPPORTED
            Unrecognized request argument supplied: user                                                    | user        | UNSUPPORTED
            Unknown parameter: verbosity                                                                    | verbosity   | UNSUPPORTED
            `temperature` and `top_p` cannot both be specified for this model. Please use only one.         | temperature | COMBINATION
            'temperature' is not supported when reasoning_effort is high                                    | temperature | COMBINATION
            Unsupported parameter: 'temperature' is not supported with reasoning_effort: 'high'             | temperature | COMBINATION
            `temperature` may only be set to 1 when thinking is enabled                                     | temperature | COMBINATION
            'top_p' cannot be used together with 'top_k'                                                    | top_p       | COMBINATION
            temperature: range: 0..1                                                                        | temperature | VALUE
            'temperature' must be between 0 and 2                                                           | temperature | VALUE
            max_tokens must be less than or equal to 131072                                                 | max_tokens  | VALUE
            `max_tokens` must be less than or equal to `131072`, the maximum value for `max_tokens`         | max_tokens  | VALUE
            max_tokens: 200000 > 128000, which is the maximum allowed number of output tokens               | max_tokens  | VALUE
            Unsupported value: 'reasoning_effort' does not support 'xhigh'. Supported values are: 'low' and 'high'. | reasoning_effort | VALUE
            Invalid value for 'top_p': 7                                                                    | top_p       | VALUE
            'temperature' is what it is                                                                     | temperature | ~~
            """)
    void theFaultOfAFieldIsToldFromTheMessage(String message, String field, String fault) {
        var body = Json.object();
        body.putObject("error").put("message", message).put("type", "invalid_request_error");
        var failure = ProviderErrors.of(400, null, body);
        assertThat(failure.field()).isEqualTo(field);
        assertThat(failure.fault()).isEqualTo(fault == null || fault.isEmpty() ? null : Fault.valueOf(fault));
    }
}

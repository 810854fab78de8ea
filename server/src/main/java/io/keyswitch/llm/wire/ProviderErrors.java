package io.keyswitch.llm.wire;

import io.keyswitch.core.Reason;
import io.keyswitch.llm.LlmFailure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Maps providers' error responses to failures. Error codes and known phrases of the message are matched before
 * statuses; the message itself is never passed on.
 */
public final class ProviderErrors {
    private ProviderErrors() {}

    /** Whether a JSON value is an error, regardless of its HTTP status. */
    public static boolean isError(JsonNode body) {
        return ErrorBody.isError(body);
    }

    /** The failure that a response with status 200 reports in its body. */
    public static LlmFailure inAnswer(JsonNode body) {
        var error = ErrorBody.read(body);
        return error.httpCode() > 0 ? of(error.httpCode(), null, body) : of(200, null, body);
    }

    /**
     * The failure that an error response reports.
     *
     * @param status the HTTP status
     * @param retryAfter the {@code Retry-After} header; null if there was none
     * @param body the parsed body; a missing node if it was not JSON
     */
    public static LlmFailure of(int status, @Nullable Duration retryAfter, JsonNode body) {
        var error = ErrorBody.read(body);
        var wait = retryAfter == null ? error.retryAfter() : retryAfter;
        var named = byCode(error, wait);
        return named == null ? byStatus(status, error, wait) : named;
    }

    private static @Nullable LlmFailure byCode(ErrorBody error, @Nullable Duration wait) {
        if (error.hasCode("invalid_api_key", "api_key_invalid", "authentication_error", "access_token_type_unsupported")
                || error.hasCode("10000", "1000", "9109", "10001")
                || error.says("incorrect api key", "invalid api key", "api key not valid", "api key not found")) {
            return LlmFailure.of(Reason.INVALID_KEY);
        }
        if (error.hasCode("insufficient_quota", "billing_error", "enforced_spend_limit_reached", "3036")
                || error.says("credit balance is too low", "insufficient balance", "insufficient credits")) {
            return LlmFailure.of(Reason.NO_CREDIT);
        }
        if (error.hasCode("context_length_exceeded", "request_too_large", "3006")
                || error.says("prompt is too long", "maximum context length", "exceeds the maximum number of tokens")) {
            return LlmFailure.of(Reason.CONTEXT_TOO_LONG);
        }
        if (error.hasCode("7003", "7000")) {
            return LlmFailure.of(Reason.UNKNOWN_ACCOUNT);
        }
        if (error.hasCode("model_not_found", "invalid_model", "1500", "5007", "3042")
                || error.says("invalid model", "model not exist", "is not a valid model", "model not found")) {
            return LlmFailure.of(Reason.UNKNOWN_MODEL);
        }
        if (error.hasCode("content_filter", "content_policy_violation")) {
            return LlmFailure.of(Reason.BLOCKED);
        }
        if (error.hasCode("3040", "capacity_exceeded", "overloaded_error", "unavailable")) {
            return LlmFailure.waiting(Reason.OVERLOADED, wait);
        }
        if (error.hasCode("3023", "5018", "3041", "5016")) {
            return LlmFailure.of(Reason.NOT_PERMITTED);
        }
        return null;
    }

    private static LlmFailure byStatus(int status, ErrorBody error, @Nullable Duration wait) {
        return switch (status) {
            case 401 -> LlmFailure.of(Reason.INVALID_KEY);
            case 402 -> LlmFailure.of(Reason.NO_CREDIT);
            case 403 -> LlmFailure.of(Reason.NOT_PERMITTED);
            case 404 -> LlmFailure.of(Reason.UNKNOWN_MODEL);
            case 413 -> LlmFailure.of(Reason.CONTEXT_TOO_LONG);
            case 429 -> LlmFailure.waiting(Reason.RATE_LIMITED, wait);
            case 498, 503, 529 -> LlmFailure.waiting(Reason.OVERLOADED, wait);
            case 408 -> LlmFailure.of(Reason.SERVER_ERROR);
            case 200 ->
                error.hasCode("rate_limit_error", "rate_limit_exceeded", "resource_exhausted")
                        ? LlmFailure.waiting(Reason.RATE_LIMITED, wait)
                        : error.hasCode("server_error", "api_error", "internal")
                                ? LlmFailure.of(Reason.SERVER_ERROR)
                                : LlmFailure.of(Reason.BROKEN_ANSWER);
            default -> status >= 500 ? LlmFailure.of(Reason.SERVER_ERROR) : LlmFailure.rejected(error.parameter());
        };
    }
}

package io.keyswitch.simulator;

import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** Anthropic's error responses. */
final class AnthropicErrors {
    private static final String INVALID = "invalid_request_error";

    private AnthropicErrors() {}

    static Reply refuse(Problem problem, String subject) {
        return switch (problem) {
            case MISSING_KEY -> refuse(401, "authentication_error", "x-api-key header is required");
            case INVALID_KEY -> refuse(401, "authentication_error", "invalid x-api-key");
            case NO_CREDIT ->
                invalid("Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing to"
                        + " upgrade or purchase credits.");
            case RATE_LIMITED -> rateLimited();
            case RESTRICTED ->
                refuse(403, "permission_error", "Your API key does not have permission to use the specified resource.");
            case OVERLOADED -> refuse(529, "overloaded_error", "Overloaded");
            case SERVER_ERROR -> refuse(500, "api_error", "Internal server error");
            case CONTEXT_TOO_LONG -> invalid("prompt is too long: 210000 tokens > 200000 maximum");
            case UNKNOWN_MODEL -> refuse(404, "not_found_error", "model: " + subject);
            case NO_ROUTE -> refuse(404, "not_found_error", "Not Found: " + subject);
            case BAD_JSON -> invalid("The request body is not valid JSON");
        };
    }

    /** A 400 {@code invalid_request_error}. */
    static Reply invalid(String message) {
        return refuse(400, INVALID, message);
    }

    /** The JSON of an error, for a response body or a stream event. */
    static ObjectNode body(String type, String message, String requestId) {
        return Json.object()
                .put("type", "error")
                .set("error", Json.object().put("type", type).put("message", message))
                .put("request_id", requestId);
    }

    private static Reply rateLimited() {
        var headers = new HashMap<>(headers());
        headers.put("retry-after", String.valueOf(Problem.RETRY_AFTER_SECONDS));
        headers.put("anthropic-ratelimit-requests-remaining", "0");
        var message = "This request would exceed your organization's rate limit. Please try again later.";
        return Reply.json(429, headers, body("rate_limit_error", message, requestId(headers)));
    }

    private static Reply refuse(int status, String type, String message) {
        var headers = headers();
        return Reply.json(status, headers, body(type, message, requestId(headers)));
    }

    private static String requestId(Map<String, String> headers) {
        return headers.getOrDefault("request-id", "");
    }

    /** The headers of every response. */
    static Map<String, String> headers() {
        return Map.of(
                "request-id", "req_" + Ids.letters(24),
                "anthropic-organization-id", "00000000-0000-0000-0000-000000000000",
                "anthropic-ratelimit-requests-limit", "50",
                "anthropic-ratelimit-requests-remaining", "49",
                "anthropic-ratelimit-requests-reset", "2026-11-22T12:00:00Z");
    }
}

package io.keyswitch.simulator;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Gemini's errors, as {@code google.rpc.Status}. */
final class GeminiErrors {
    private static final String TYPES = "type.googleapis.com/google.rpc.";
    private static final String INVALID = "INVALID_ARGUMENT";
    private static final String KEY_NOT_VALID = "API key not valid. Please pass a valid API key.";

    private GeminiErrors() {}

    static ObjectNode of(Problem problem, String subject) {
        return switch (problem) {
            case MISSING_KEY -> wrongKey("API Key not found. Please pass a valid API key.");
            case INVALID_KEY -> wrongKey(KEY_NOT_VALID);
            case NO_CREDIT ->
                error(402, "RESOURCE_EXHAUSTED", "Your prepayment credits are depleted. Please manage your billing.");
            case RATE_LIMITED -> rateLimited();
            case RESTRICTED ->
                error(
                        403,
                        "PERMISSION_DENIED",
                        "Requests to this API generativelanguage.googleapis.com method ListModels are blocked.");
            case OVERLOADED -> error(503, "UNAVAILABLE", "The model is overloaded. Please try again later.");
            case SERVER_ERROR -> error(500, "INTERNAL", "An internal error has occurred. Please retry.");
            case CONTEXT_TOO_LONG ->
                invalid("The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).");
            case UNKNOWN_MODEL ->
                error(
                        404,
                        "NOT_FOUND",
                        "models/" + subject
                                + " is not found for API version v1beta, or is not supported for generateContent.");
            case NO_ROUTE -> error(404, "NOT_FOUND", "Not found: " + subject);
            case BAD_JSON -> invalid("Invalid JSON payload received.");
        };
    }

    static ObjectNode invalid(String message) {
        return error(400, INVALID, message);
    }

    /** The error for an unknown request field. */
    static ObjectNode unknownField(String name, String place) {
        var where = place.isEmpty() ? "" : " at '" + place + "'";
        var message = "Invalid JSON payload received. Unknown name \"" + name + "\"" + where + ": Cannot find field.";
        var violation = Json.object().put("description", message);
        return error(400, INVALID, message, detail("BadRequest").set("fieldViolations", Json.array(violation)));
    }

    /** The HTTP status of an error. */
    static int status(ObjectNode error) {
        return error.path("error").path("code").asInt();
    }

    private static ObjectNode wrongKey(String message) {
        var info = detail("ErrorInfo")
                .put("reason", "API_KEY_INVALID")
                .put("domain", "googleapis.com")
                .set("metadata", Json.object().put("service", "generativelanguage.googleapis.com"));
        var localized = detail("LocalizedMessage").put("locale", "en-US").put("message", message);
        return error(400, INVALID, message, info, localized);
    }

    private static ObjectNode rateLimited() {
        var violation = Json.object().put("quotaId", "GenerateRequestsPerMinutePerProjectPerModel-FreeTier");
        return error(
                429,
                "RESOURCE_EXHAUSTED",
                "You exceeded your current quota, please check your plan.",
                detail("QuotaFailure").set("violations", Json.array(violation)),
                detail("RetryInfo").put("retryDelay", "34.4s"));
    }

    private static ObjectNode detail(String type) {
        return Json.object().put("@type", TYPES + type);
    }

    private static ObjectNode error(int code, String status, String message, JsonNode... details) {
        var error = Json.object().put("code", code).put("message", message).put("status", status);
        if (details.length > 0) {
            error.set("details", Json.array(List.of(details)));
        }
        return Json.object().set("error", error);
    }
}

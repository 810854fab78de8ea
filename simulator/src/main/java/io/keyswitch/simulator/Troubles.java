package io.keyswitch.simulator;

import java.util.Map;

/** The error responses of OpenAI-compatible providers. OpenAI's apply to problems that a provider omits. */
final class Troubles {
    private static final String INVALID = "invalid_request_error";

    static final Map<Problem, Trouble> OPENAI = Map.ofEntries(
            Map.entry(
                    Problem.MISSING_KEY,
                    Trouble.of(
                            401,
                            "You didn't provide an API key. You need to provide your API key in an Authorization header"
                                    + " using Bearer auth (i.e. Authorization: Bearer YOUR_KEY).",
                            INVALID,
                            null)),
            Map.entry(
                    Problem.INVALID_KEY,
                    Trouble.of(
                            401,
                            "Incorrect API key provided: {key}. You can find your API key at"
                                    + " https://platform.openai.com/account/api-keys.",
                            INVALID,
                            "invalid_api_key")),
            Map.entry(
                    Problem.NO_CREDIT,
                    Trouble.of(
                            429,
                            "You exceeded your current quota, please check your plan and billing details. For more"
                                    + " information on this error, read the docs:"
                                    + " https://platform.openai.com/docs/guides/error-codes/api-errors.",
                            "insufficient_quota",
                            "insufficient_quota")),
            Map.entry(
                    Problem.RATE_LIMITED,
                    Trouble.of(
                            429,
                            "Rate limit reached for requests. Please try again in 20s.",
                            "requests",
                            "rate_limit_exceeded")),
            Map.entry(
                    Problem.RESTRICTED,
                    Trouble.of(
                            403,
                            "You have insufficient permissions for this operation. Missing scopes: api.model.read.",
                            INVALID,
                            null)),
            Map.entry(
                    Problem.OVERLOADED,
                    Trouble.of(
                            503,
                            "The server is currently overloaded with other requests. Sorry about that! You can retry"
                                    + " your request.",
                            "server_error",
                            null)),
            Map.entry(
                    Problem.SERVER_ERROR,
                    Trouble.of(
                            500,
                            "The server had an error while processing your request. Sorry about that!",
                            "server_error",
                            null)),
            Map.entry(
                    Problem.CONTEXT_TOO_LONG,
                    new Trouble(
                            400,
                            "This model's maximum context length is 128000 tokens. However, your messages resulted in"
                                    + " 140000 tokens. Please reduce the length of the messages.",
                            INVALID,
                            "messages",
                            "context_length_exceeded")),
            Map.entry(
                    Problem.UNKNOWN_MODEL,
                    Trouble.of(
                            404,
                            "The model `{model}` does not exist or you do not have access to it.",
                            INVALID,
                            "model_not_found")),
            Map.entry(Problem.NO_ROUTE, Trouble.of(404, "Invalid URL ({path})", INVALID, null)),
            Map.entry(
                    Problem.BAD_JSON,
                    Trouble.of(400, "We could not parse the JSON body of your request.", INVALID, null)));

    static final Map<Problem, Trouble> GROQ = Map.of(
            Problem.MISSING_KEY, Trouble.of(401, "Invalid API Key", INVALID, "invalid_api_key"),
            Problem.INVALID_KEY, Trouble.of(401, "Invalid API Key", INVALID, "invalid_api_key"),
            Problem.RATE_LIMITED,
                    Trouble.of(
                            429,
                            "Rate limit reached for model `{model}` on tokens per minute (TPM): Limit 6000, Used 5800,"
                                    + " Requested 900. Please try again in 20s.",
                            "tokens",
                            "rate_limit_exceeded"),
            Problem.OVERLOADED, Trouble.of(503, "Service Unavailable", "internal_server_error", null),
            Problem.SERVER_ERROR, Trouble.of(500, "Internal Server Error", "internal_server_error", null));

    static final Map<Problem, Trouble> MISTRAL = Map.of(
            Problem.MISSING_KEY, Trouble.of(401, "Unauthorized", INVALID, null),
            Problem.INVALID_KEY, Trouble.of(401, "Unauthorized", INVALID, null),
            Problem.NO_CREDIT, Trouble.of(402, "You have used up your credit.", "payment_required", null),
            Problem.RATE_LIMITED, Trouble.of(429, "Requests rate limit exceeded", "rate_limited", "1300"),
            Problem.UNKNOWN_MODEL, Trouble.of(400, "Invalid model: {model}", "invalid_model", "1500"),
            Problem.NO_ROUTE, Trouble.of(404, "Not Found", INVALID, null));

    static final Map<Problem, Trouble> OPENROUTER = Map.of(
            Problem.MISSING_KEY, Trouble.of(401, "No auth credentials found", INVALID, null),
            Problem.INVALID_KEY, Trouble.of(401, "User not found.", INVALID, null),
            Problem.NO_CREDIT,
                    Trouble.of(
                            402,
                            "Insufficient credits. Add more using https://openrouter.ai/settings/credits",
                            INVALID,
                            null),
            Problem.UNKNOWN_MODEL, Trouble.of(400, "{model} is not a valid model ID", INVALID, null));

    static final Map<Problem, Trouble> DEEPSEEK = Map.of(
            Problem.INVALID_KEY,
                    Trouble.of(
                            401,
                            "Authentication Fails, Your api key: {key} is invalid",
                            "authentication_error",
                            INVALID),
            Problem.NO_CREDIT, Trouble.of(402, "Insufficient Balance", "unknown_error", INVALID),
            Problem.UNKNOWN_MODEL, Trouble.of(400, "Model Not Exist", INVALID, INVALID));

    static final Map<Problem, Trouble> XAI = Map.of(
            Problem.MISSING_KEY, Trouble.of(401, "No API key provided.", INVALID, "The caller is not authenticated"),
            Problem.INVALID_KEY,
                    Trouble.of(
                            400,
                            "Incorrect API key provided: {key}. You can obtain an API key from https://console.x.ai.",
                            INVALID,
                            "Client specified an invalid argument"),
            Problem.NO_CREDIT,
                    Trouble.of(
                            429,
                            "Your team has either used all available credits or reached its monthly spending limit.",
                            INVALID,
                            "Some resource has been exhausted"),
            Problem.UNKNOWN_MODEL,
                    Trouble.of(
                            404,
                            "The model {model} does not exist or your team does not have access to it.",
                            INVALID,
                            "Some requested entity was not found"));

    static final Map<Problem, Trouble> CLOUDFLARE = Map.ofEntries(
            Map.entry(Problem.MISSING_KEY, envelope(401, 10000, "Authentication error")),
            Map.entry(Problem.INVALID_KEY, envelope(401, 10000, "Authentication error")),
            Map.entry(Problem.RESTRICTED, envelope(403, 10000, "Authentication error")),
            Map.entry(
                    Problem.NO_CREDIT,
                    envelope(
                            429,
                            3036,
                            "you have used up your daily free allocation of 10,000 neurons, please upgrade to"
                                    + " Cloudflare's Workers Paid plan if you would like to continue usage.")),
            Map.entry(
                    Problem.RATE_LIMITED, envelope(429, 971, "Please wait and consider throttling your request speed")),
            Map.entry(
                    Problem.OVERLOADED,
                    envelope(429, 3040, "AiError: Capacity temporarily exceeded, please try again.")),
            Map.entry(Problem.SERVER_ERROR, envelope(500, 3043, "AiError: Internal server error")),
            Map.entry(
                    Problem.CONTEXT_TOO_LONG,
                    envelope(
                            413,
                            3006,
                            "AiError: The estimated number of input and maximum output tokens (140000) exceeded this"
                                    + " model context window limit (32768).")),
            Map.entry(Problem.UNKNOWN_MODEL, envelope(400, 5007, "AiError: No such model {model} or task")),
            Map.entry(
                    Problem.NO_ROUTE,
                    envelope(404, 7003, "Could not route to {path}, perhaps your object identifier is invalid?")),
            Map.entry(Problem.BAD_JSON, envelope(400, 5004, "AiError: Invalid data")));

    private Troubles() {}

    private static Trouble envelope(int status, int code, String message) {
        return Trouble.of(status, message, "", String.valueOf(code));
    }
}

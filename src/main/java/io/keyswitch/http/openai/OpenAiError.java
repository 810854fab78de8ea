package io.keyswitch.http.openai;

import io.keyswitch.core.Failure;
import io.keyswitch.core.FailureCode;
import io.keyswitch.core.Json;
import io.keyswitch.llm.LlmException;
import io.keyswitch.llm.LlmFailure;
import io.keyswitch.modelconfig.KeySource;
import io.keyswitch.modelconfig.Route;
import io.keyswitch.sql.DatabaseUnavailableException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An error in OpenAI's shape: {@code {"error": {message, type, param, code}}}. The sentences are ours; a provider's own words
 * may quote a key.
 *
 * @param param the field of the request that is at fault; null if it is none
 * @param code a word for programs; null if there is none
 * @param retryAfter how long to wait; null if waiting is of no use or nobody knows
 * @param details the numbers behind a refusal; empty for none
 * @param retryable whether the same request may succeed later: official clients try again on their own
 */
record OpenAiError(
        int status,
        String type,
        String message,
        @Nullable String param,
        @Nullable String code,
        @Nullable Duration retryAfter,
        boolean retryable,
        Map<String, Object> details) {
    private static final String INVALID_REQUEST = "invalid_request_error";
    private static final String SERVER = "server_error";
    private static final Logger LOG = LoggerFactory.getLogger(OpenAiError.class);

    OpenAiError {
        details = Map.copyOf(details);
    }

    OpenAiError(
            int status,
            String type,
            String message,
            @Nullable String param,
            @Nullable String code,
            @Nullable Duration retryAfter,
            boolean retryable) {
        this(status, type, message, param, code, retryAfter, retryable, Map.of());
    }

    static final OpenAiError UNAUTHENTICATED = new OpenAiError(
            401,
            INVALID_REQUEST,
            "This needs a personal token of Keyswitch (ks_…) or your ID token, as “Authorization: Bearer …”. The one sent is"
                    + " missing, expired or revoked.",
            null,
            "invalid_api_key",
            null,
            false);

    static final OpenAiError NOT_JSON = new OpenAiError(
            415,
            INVALID_REQUEST,
            "The request must be sent as “Content-Type: application/json”.",
            null,
            "unsupported_media_type",
            null,
            false);

    static final OpenAiError SIGN_IN_UNAVAILABLE =
            server(503, "Your sign-in cannot be checked right now. Please try again in a moment.", null);

    static OpenAiError invalid(@Nullable String param, String message) {
        return new OpenAiError(400, INVALID_REQUEST, message, param, null, null, false);
    }

    static OpenAiError tooLarge(long limit) {
        return new OpenAiError(
                413,
                INVALID_REQUEST,
                "The request is larger than the %d bytes allowed.".formatted(limit),
                null,
                "request_too_large",
                null,
                false);
    }

    private static OpenAiError server(int status, String message, @Nullable Duration retryAfter) {
        return new OpenAiError(status, SERVER, message, null, null, retryAfter, true);
    }

    private static OpenAiError refused(int status, String code, @Nullable String param, String message) {
        return new OpenAiError(status, INVALID_REQUEST, message, param, code, null, false);
    }

    static OpenAiError of(Route.Unusable unusable) {
        return refused(400, unusable.reason().name().toLowerCase(Locale.ROOT), null, unusable.sentence());
    }

    static OpenAiError keyDeleted() {
        return refused(400, "key_deleted", null, "Your key was deleted or changed, so the answer was ended.");
    }

    static OpenAiError nothingConfigured() {
        return refused(
                400, "no_model", "model", "No model is set up for you yet. Choose one in the chat or the settings.");
    }

    /** The error of whatever went wrong here. */
    static OpenAiError of(Throwable thrown, Route.@Nullable Ready route) {
        return switch (thrown) {
            case Failure failure -> of(failure);
            case InvalidRequestException invalid -> invalid.error();
            case LlmException failed when route != null -> of(failed.failure(), route);
            case DatabaseUnavailableException _ ->
                server(503, "Your data cannot be reached right now. Please try again in a moment.", null);
            default -> {
                var trace = new Throwable(thrown.getClass().getName());
                trace.setStackTrace(thrown.getStackTrace());
                LOG.error("a completion failed", trace);
                yield server(500, "Internal error. It has been logged.", null);
            }
        };
    }

    private static OpenAiError of(Failure failure) {
        boolean limit = failure.code() == FailureCode.RESOURCE_EXHAUSTED;
        boolean unavailable = failure.code() == FailureCode.UNAVAILABLE;
        int status = limit ? 429 : unavailable ? 503 : failure.code() == FailureCode.PERMISSION_DENIED ? 403 : 400;
        var reason = failure.details().get("reason");
        var wait = failure.details().get("retryAfterSeconds") instanceof Number seconds
                ? Duration.ofSeconds(seconds.longValue())
                : null;
        return new OpenAiError(
                status,
                limit ? "rate_limit_error" : unavailable ? SERVER : INVALID_REQUEST,
                failure.sentence(),
                null,
                reason == null ? null : reason.toString(),
                wait,
                (limit || unavailable) && wait != null && wait.compareTo(Duration.ofMinutes(1)) <= 0,
                failure.details());
    }

    /** What a provider's failure means to a client. */
    static OpenAiError of(LlmFailure failure, Route.Ready route) {
        var provider = route.target().provider().displayName();
        var model = route.target().model().value();
        boolean own = route.keySource() == KeySource.OWN;
        var key = own ? "your API key" : "the default key";
        return switch (failure) {
            case LlmFailure.InvalidKey _ ->
                own
                        ? refused(
                                401,
                                "invalid_api_key",
                                null,
                                provider + " no longer accepts your API key. Enter a new one.")
                        : server(503, "The default key for " + provider + " is not accepted right now.", null);
            case LlmFailure.NotPermitted _ ->
                refused(
                        403,
                        "permission_denied",
                        "model",
                        "%s does not let %s use the model \"%s\".".formatted(provider, key, model));
            case LlmFailure.NoCredit _ ->
                new OpenAiError(
                        429,
                        "insufficient_quota",
                        "The account behind %s at %s has no credit left.".formatted(key, provider),
                        null,
                        "insufficient_quota",
                        null,
                        false);
            case LlmFailure.RateLimited(var wait) ->
                new OpenAiError(
                        429,
                        "rate_limit_error",
                        "%s has received too many requests with %s.%s".formatted(provider, key, again(wait)),
                        null,
                        "rate_limit_exceeded",
                        wait,
                        true);
            case LlmFailure.UnknownModel _ ->
                refused(
                        404,
                        "model_not_found",
                        "model",
                        "%s does not know the model \"%s\".".formatted(provider, model));
            case LlmFailure.UnknownAccount _ ->
                refused(400, "unknown_account", null, provider + " does not know the account id.");
            case LlmFailure.ContextTooLong _ ->
                refused(
                        400,
                        "context_length_exceeded",
                        "messages",
                        "The conversation is too long for \"%s\".".formatted(model));
            case LlmFailure.Blocked _ ->
                refused(
                        400,
                        "content_filter",
                        null,
                        "%s withheld the answer because of its safety rules.".formatted(provider));
            case LlmFailure.Rejected(var parameter) ->
                refused(
                        400,
                        parameter == null ? "invalid_request" : "unsupported_parameter",
                        parameter,
                        parameter == null
                                ? "%s did not accept the request for \"%s\".".formatted(provider, model)
                                : "%s did not accept \"%s\" for \"%s\".".formatted(provider, parameter, model));
            case LlmFailure.Unsupported(var field) ->
                refused(400, "unsupported_parameter", field, unsupported(provider, field));
            case LlmFailure.Overloaded(var wait) -> server(503, provider + " is overloaded." + again(wait), wait);
            case LlmFailure.ServerError _ -> server(502, provider + " returned a server error.", null);
            case LlmFailure.Paused(var wait) ->
                server(
                        503,
                        "%s rejected too many requests for \"%s\", so requests to it are paused.%s"
                                .formatted(provider, model, again(wait)),
                        wait);
            case LlmFailure.Unreachable _ -> server(502, provider + " cannot be reached.", null);
            case LlmFailure.TimedOut _ -> server(504, provider + " did not answer in time.", null);
            case LlmFailure.Stopped _ -> server(503, "The server is being restarted. Please try again.", null);
            case LlmFailure.BrokenAnswer _, LlmFailure.EmptyAnswer _ ->
                server(502, "The response from " + provider + " ended early.", null);
        };
    }

    private static String again(@Nullable Duration wait) {
        return wait == null ? "" : " Try again in %d seconds.".formatted(Math.max(1, wait.toSeconds()));
    }

    private static String unsupported(String provider, String field) {
        return switch (field) {
            case "messages" ->
                provider + " supports text, images, tool calls and tool results; a message contains something else.";
            case "messages.tool_call_id" -> "A tool message refers to a tool_call_id that no earlier message contains.";
            case "response_format" ->
                provider + " does not support this response_format. Use \"json_schema\", or choose another provider.";
            default -> "%s does not support \"%s\". Omit it, or choose another provider.".formatted(provider, field);
        };
    }

    byte[] body() {
        var root = Json.object();
        var error = root.putObject("error")
                .put("message", message)
                .put("type", type)
                .put("param", param)
                .put("code", code);
        if (!details.isEmpty()) {
            error.set("details", Json.tree(details));
        }
        return Json.bytes(root);
    }
}

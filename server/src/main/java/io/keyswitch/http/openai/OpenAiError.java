package io.keyswitch.http.openai;

import io.keyswitch.core.Details;
import io.keyswitch.core.Failure;
import io.keyswitch.core.Json;
import io.keyswitch.core.Reason;
import io.keyswitch.language.Sentences;
import io.keyswitch.llm.LlmException;
import io.keyswitch.llm.LlmFailure;
import io.keyswitch.modelconfig.ProviderFailures;
import io.keyswitch.modelconfig.Route;
import io.keyswitch.sql.DatabaseUnavailableException;
import io.keyswitch.telemetry.UnexpectedErrors;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An error in OpenAI's format: {@code {"error": {message, type, param, code}}}. Never contains a provider's error
 * message, which may quote a key.
 *
 * @param retryAfter how long to wait; null if waiting does not help or the time is unknown
 * @param retryable whether the same request may succeed soon; official clients retry it automatically
 */
record OpenAiError(int status, Body error, @Nullable Duration retryAfter, boolean retryable) {
    /**
     * The {@code error} object.
     *
     * @param param the invalid field of the request; null if there is none
     * @param code machine-readable; null if there is none
     * @param failure what users are told; null for an error of the client program
     */
    record Body(
            String message,
            String type,
            @Nullable String param,
            @Nullable String code,
            @Nullable Failure failure) {}

    private static final Details ABOUT_THE_MODEL = new Details() {
        @Override
        public Map<String, Object> fields() {
            return Map.of();
        }

        @Override
        public String field() {
            return "model";
        }
    };

    private static final String INVALID_REQUEST = "invalid_request_error";
    private static final Logger LOG = LoggerFactory.getLogger(OpenAiError.class);

    /** Official clients ignore a longer {@code Retry-After}. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    static final OpenAiError UNAUTHENTICATED = rejected(
            401,
            "invalid_api_key",
            null,
            "Send a personal token of Keyswitch (ks_…) or your ID token as \"Authorization: Bearer …\". The token of this"
                    + " request is missing, expired or revoked.");

    static final OpenAiError NOT_JSON = rejected(
            415,
            "unsupported_media_type",
            null,
            "Send the request with the header \"Content-Type: application/json\".");

    static OpenAiError invalid(@Nullable String param, String message) {
        return rejected(400, null, param, message);
    }

    static OpenAiError tooLarge(long limit) {
        return rejected(
                413, "request_too_large", null, "The request is larger than the %d bytes allowed.".formatted(limit));
    }

    static OpenAiError rejected(int status, @Nullable String code, @Nullable String param, String message) {
        return new OpenAiError(status, new Body(message, type(status, null), param, code, null), null, false);
    }

    static OpenAiError noModel() {
        return of(new Failure(Reason.NO_MODEL, ABOUT_THE_MODEL));
    }

    /** Maps an exception to an error. */
    static OpenAiError of(Throwable thrown, Route.@Nullable Ready route) {
        return switch (thrown) {
            case Failure failure -> of(failure);
            case InvalidRequestException invalid -> invalid.error();
            case LlmException failed when route != null -> of(failed.failure(), route);
            case DatabaseUnavailableException unavailable -> of(unavailable.failure());
            default -> {
                UnexpectedErrors.log(LOG, "a completion failed", thrown);
                var body = new Body("Internal error. It has been logged.", type(500, null), null, null, null);
                yield new OpenAiError(500, body, null, true);
            }
        };
    }

    /** Maps a provider's failure to an error. */
    static OpenAiError of(LlmFailure failure, Route.Ready route) {
        return of(ProviderFailures.explain(failure, route.target(), route.keySource()));
    }

    static OpenAiError of(Failure failure) {
        var reason = failure.reason();
        var message = Sentences.english().forClient(failure);
        if (reason == null) {
            return rejected(failure.code().httpStatus(), null, null, message);
        }
        var details = failure.details();
        var code = details.fieldCode() == null ? reason.openAiCode() : details.fieldCode();
        var body = new Body(message, type(reason.httpStatus(), code), details.field(), code, failure);
        var wait = details.retryAfter();
        boolean soon = wait == null || wait.compareTo(LONGEST_WAIT) <= 0;
        return new OpenAiError(reason.httpStatus(), body, wait, reason.retryable() && soon);
    }

    private static String type(int status, @Nullable String code) {
        if (code != null && code.equals(Reason.NO_CREDIT.openAiCode())) {
            return code;
        }
        return status == 429 ? "rate_limit_error" : status >= 500 ? "server_error" : INVALID_REQUEST;
    }

    /** The machine-readable reason for log lines; the code or type if there is none. */
    String reason() {
        var reason = error.failure() == null ? null : error.failure().reason();
        return reason != null ? reason.word() : error.code() == null ? error.type() : error.code();
    }

    byte[] body() {
        var root = Json.object();
        var node = root.putObject("error")
                .put("message", error.message())
                .put("type", error.type())
                .put("param", error.param())
                .put("code", error.code());
        var failure = error.failure();
        if (failure != null) {
            var generation = failure.details().failedGeneration();
            if (generation != null) {
                // Where Groq has it, so that its clients can repair the call.
                node.put("failed_generation", generation);
            }
            node.set("details", Json.tree(failure.fields()));
        }
        return Json.bytes(root);
    }
}

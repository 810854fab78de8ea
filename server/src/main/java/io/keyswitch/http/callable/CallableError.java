package io.keyswitch.http.callable;

import io.keyswitch.core.Failure;
import io.keyswitch.core.Reason;
import io.keyswitch.language.Language;
import io.keyswitch.language.Sentences;
import io.keyswitch.sql.DatabaseUnavailableException;
import io.keyswitch.telemetry.UnexpectedErrors;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An error of the callable protocol. The only place that maps exceptions to it.
 *
 * @param httpStatus the status without streaming; streams always have 200
 * @param reason for log lines: the word of the failure's reason, or of the status if it has none
 */
record CallableError(int httpStatus, String status, String message, Map<String, Object> details, String reason) {
    static final CallableError BAD_REQUEST = new CallableError(400, "INVALID_ARGUMENT", "Bad Request", Map.of());
    static final CallableError UNAUTHENTICATED = new CallableError(401, "UNAUTHENTICATED", "Unauthenticated", Map.of());
    static final CallableError SIGN_IN = new CallableError(
            401,
            "UNAUTHENTICATED",
            "Authentication required. Please sign in to continue.",
            Map.of("code", "UNAUTHENTICATED"));
    static final CallableError INTERNAL = new CallableError(500, "INTERNAL", "INTERNAL", Map.of());

    private static final Logger LOG = LoggerFactory.getLogger(CallableError.class);

    private CallableError(int httpStatus, String status, String message, Map<String, Object> details) {
        this(httpStatus, status, message, details, status.toLowerCase(Locale.ROOT));
    }

    static CallableError unknownFunction() {
        return new CallableError(
                404, "NOT_FOUND", "Unknown function. Check its name; names are case-sensitive.", Map.of());
    }

    static CallableError tooLarge(long limit, @Nullable Language language) {
        return of(new Failure(Reason.TOO_LONG, () -> Map.of("maxBytes", limit)), 413, language);
    }

    /**
     * Maps an exception to an error.
     *
     * @param language the language of the message; null for English
     */
    static CallableError of(Throwable thrown, @Nullable Language language) {
        return switch (thrown) {
            case Failure failure -> of(failure, language);
            case SpokenFailure spoken -> of(spoken.failure(), spoken.language());
            case CallableData.BadRequestException _ -> BAD_REQUEST;
            case CallableData.UnknownTypeException _ -> INTERNAL;
            // Logged by the database itself, once a minute.
            case DatabaseUnavailableException unavailable -> of(unavailable.failure(), language);
            default -> {
                UnexpectedErrors.log(LOG, "a function failed", thrown);
                yield INTERNAL;
            }
        };
    }

    private static CallableError of(Failure failure, @Nullable Language language) {
        return of(failure, failure.code().httpStatus(), language);
    }

    private static CallableError of(Failure failure, int httpStatus, @Nullable Language language) {
        var status = failure.code().name();
        var reason = failure.reason();
        return new CallableError(
                httpStatus,
                status,
                Sentences.of(language).inChat(failure),
                failure.fields(),
                reason == null ? status.toLowerCase(Locale.ROOT) : reason.word());
    }

    /** The protocol's envelope; key order as recorded from firebase-functions. */
    Map<String, Object> envelope() {
        var error = new LinkedHashMap<String, Object>();
        if (!details.isEmpty()) {
            error.put("details", details);
        }
        error.put("message", message);
        error.put("status", status);
        return Map.of("error", error);
    }
}

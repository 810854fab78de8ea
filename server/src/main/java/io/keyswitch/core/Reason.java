package io.keyswitch.core;

import static io.keyswitch.core.FailureCode.ABORTED;
import static io.keyswitch.core.FailureCode.CANCELLED;
import static io.keyswitch.core.FailureCode.DEADLINE_EXCEEDED;
import static io.keyswitch.core.FailureCode.FAILED_PRECONDITION;
import static io.keyswitch.core.FailureCode.INTERNAL;
import static io.keyswitch.core.FailureCode.INVALID_ARGUMENT;
import static io.keyswitch.core.FailureCode.PERMISSION_DENIED;
import static io.keyswitch.core.FailureCode.RESOURCE_EXHAUSTED;
import static io.keyswitch.core.FailureCode.UNAVAILABLE;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Why a request failed, one row per reason: its code for callables, its HTTP status and code for OpenAI clients (null
 * for none), and whether the same request may succeed later. The user-facing sentence is in {@code resources/language},
 * under the {@link #key}. The {@link #word} is part of the API: add reasons, never rename one.
 */
public enum Reason {
    // The provider gave no answer, or an incomplete one
    INVALID_KEY(FAILED_PRECONDITION, 401, "invalid_api_key", false),
    PROJECT_KEY(UNAVAILABLE, 503, null, false),
    NOT_PERMITTED(FAILED_PRECONDITION, 403, "permission_denied", false),
    KEY_LEAKED(FAILED_PRECONDITION, 401, "key_leaked", false),
    KEY_EXPIRED(FAILED_PRECONDITION, 401, "key_expired", false),
    KEY_RESTRICTED(FAILED_PRECONDITION, 403, "key_restricted", false),
    ACCOUNT_SUSPENDED(FAILED_PRECONDITION, 403, "account_suspended", false),
    API_DISABLED(FAILED_PRECONDITION, 403, "api_disabled", false),
    REGION(FAILED_PRECONDITION, 403, "unsupported_country_region_territory", false),
    NO_CREDIT(RESOURCE_EXHAUSTED, 429, "insufficient_quota", false),
    RATE_LIMITED(RESOURCE_EXHAUSTED, 429, "rate_limit_exceeded", true),
    UNKNOWN_MODEL(FAILED_PRECONDITION, 404, "model_not_found", false),
    MODEL_RETIRED(FAILED_PRECONDITION, 404, "model_not_found", false),
    UNKNOWN_ACCOUNT(FAILED_PRECONDITION, 400, "unknown_account", false),
    CONTEXT_TOO_LONG(INVALID_ARGUMENT, 400, "context_length_exceeded", false),
    BLOCKED(INVALID_ARGUMENT, 400, "content_filter", false),
    REJECTED(INTERNAL, 400, "invalid_request", false),
    UNSUPPORTED(INVALID_ARGUMENT, 400, "unsupported_parameter", false),
    OVERLOADED(UNAVAILABLE, 503, null, true),
    SERVER_ERROR(UNAVAILABLE, 502, null, true),
    PAUSED(UNAVAILABLE, 503, null, true),
    UNREACHABLE(UNAVAILABLE, 502, null, true),
    TIMED_OUT(DEADLINE_EXCEEDED, 504, null, true),
    STOPPED(UNAVAILABLE, 503, null, true),
    BROKEN_ANSWER(UNAVAILABLE, 502, null, true),
    EMPTY_ANSWER(UNAVAILABLE, 502, null, false),
    TOOL_CALL_FAILED(INVALID_ARGUMENT, 400, "tool_use_failed", false),

    NO_LISTING(UNAVAILABLE, 502, null, true),

    // The user's model config cannot be used
    NO_MODEL(FAILED_PRECONDITION, 400, "no_model", false),
    PROVIDER_REMOVED(FAILED_PRECONDITION, 400, "provider_removed", false),
    PROJECT_KEY_REMOVED(FAILED_PRECONDITION, 400, "project_key_removed", false),
    KEY_UNREADABLE(FAILED_PRECONDITION, 400, "key_unreadable", false),
    CONFIG_UNREADABLE(FAILED_PRECONDITION, 400, "config_unreadable", false),
    KEY_DELETED(FAILED_PRECONDITION, 400, "key_deleted", false),

    // A choice was not saved
    KEY_REFUSED("invalid_key", INVALID_ARGUMENT, 400),
    KEY_NOT_PERMITTED("not_permitted", INVALID_ARGUMENT, 400),
    MALFORMED_KEY(INVALID_ARGUMENT, 400, "malformed_key", false),
    KEY_IN_MODEL(INVALID_ARGUMENT, 400, "key_in_model", false),
    KEY_IN_FIELD(INVALID_ARGUMENT, 400, "key_in_field", false),
    NO_STORED_KEY(INVALID_ARGUMENT, 400, "no_stored_key", false),
    NO_PROJECT_KEY(INVALID_ARGUMENT, 400, "no_project_key", false),
    ACCOUNT_ID_REQUIRED("invalid_account_id", INVALID_ARGUMENT, 400),
    INVALID_ACCOUNT_ID(INVALID_ARGUMENT, 400, "invalid_account_id", false),
    ACCOUNT_NOT_FOUND("invalid_account_id", INVALID_ARGUMENT, 400),
    CHANGED_MEANWHILE(ABORTED, 409, "changed_meanwhile", true),

    // Messages and threads
    TOO_LONG(INVALID_ARGUMENT, 400, "too_long", false),
    THREAD_DELETED(ABORTED, 409, "thread_deleted", false),
    ANSWER_CANCELLED(CANCELLED, 499, "cancelled", false),

    // Limits of this server
    REQUESTS_PER_MINUTE(RESOURCE_EXHAUSTED, 429, "requests_per_minute", true),
    REQUESTS_PER_MINUTE_PER_ADDRESS(RESOURCE_EXHAUSTED, 429, "requests_per_minute_per_address", true),
    MESSAGE_CHARACTERS_PER_DAY(RESOURCE_EXHAUSTED, 429, "message_characters_per_day", true),
    PROJECT_KEY_MESSAGES_PER_DAY(RESOURCE_EXHAUSTED, 429, "project_key_messages_per_day", true),
    CONCURRENT_COMPLETIONS(RESOURCE_EXHAUSTED, 429, "concurrent_completions", true),
    TOO_MANY_TOKENS(RESOURCE_EXHAUSTED, 429, "too_many_tokens", false),
    TOO_MANY_KEYS(RESOURCE_EXHAUSTED, 429, "too_many_keys", false),
    BUSY(UNAVAILABLE, 503, "busy", true),
    HOST(PERMISSION_DENIED, 403, "host", false),
    DATABASE(UNAVAILABLE, 503, null, true),
    SIGN_IN_UNAVAILABLE(UNAVAILABLE, 503, null, true);

    private static final Set<Reason> OF_KEYS = Collections.unmodifiableSet(
            EnumSet.of(INVALID_KEY, KEY_LEAKED, KEY_EXPIRED, KEY_RESTRICTED, ACCOUNT_SUSPENDED, API_DISABLED));

    private final String word;
    private final FailureCode code;
    private final int httpStatus;
    private final @Nullable String openAiCode;
    private final boolean retryable;

    Reason(FailureCode code, int httpStatus, @Nullable String openAiCode, boolean retryable) {
        this.word = key();
        this.code = code;
        this.httpStatus = httpStatus;
        this.openAiCode = openAiCode;
        this.retryable = retryable;
    }

    /** A reason that shares its word with another one, because programs need not distinguish them. */
    Reason(String word, FailureCode code, int httpStatus) {
        this.word = word;
        this.code = code;
        this.httpStatus = httpStatus;
        this.openAiCode = word;
        this.retryable = false;
    }

    /** Whether only the owner of the key can fix it: with a new key, or at the provider. */
    public boolean concernsKey() {
        return OF_KEYS.contains(this);
    }

    /** The code in responses of callables. */
    public FailureCode code() {
        return code;
    }

    /** The HTTP status in the OpenAI-compatible API. */
    public int httpStatus() {
        return httpStatus;
    }

    /** The value of {@code error.code} in the OpenAI-compatible API; null for none. */
    public @Nullable String openAiCode() {
        return openAiCode;
    }

    /** Whether the same request may succeed later, unchanged. */
    public boolean retryable() {
        return retryable;
    }

    /** The value of {@code details.reason}. */
    public String word() {
        return word;
    }

    /** The key of its sentence in the language files. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}

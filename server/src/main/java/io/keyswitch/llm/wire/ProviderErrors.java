package io.keyswitch.llm.wire;

import io.keyswitch.core.Reason;
import io.keyswitch.llm.LlmFailure;
import io.keyswitch.llm.LlmFailure.Restriction;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Maps providers' error responses to failures. Error codes and known phrases of the message are matched before
 * statuses; the message itself is never passed on.
 */
public final class ProviderErrors {
    /**
     * What a failure is recognised by.
     *
     * @param codes error codes, in lower case
     * @param phrases alternatives found in the message, in lower case
     */
    private record Sign(LlmFailure failure, Set<String> codes, Pattern phrases) {
        boolean isIn(int status, ErrorBody error) {
            if (error.hasCode(codes)) {
                return true;
            }
            var matcher = phrases.matcher(error.message());
            return matcher.find() && (!isRefusal() || isRefused(status) || isFirst(matcher, error));
        }

        /** Whether it is about the key, its account or the region; no change of the request helps. */
        private boolean isRefusal() {
            return (failure.concernsKey() && !failure.is(Reason.INVALID_KEY)) || failure.is(Reason.REGION);
        }

        private static boolean isRefused(int status) {
            return status == 401 || status == 403;
        }

        /** Elsewhere such words may be quoted from the request, or be about one of its parameters. */
        private static boolean isFirst(Matcher matcher, ErrorBody error) {
            return matcher.start() < FIRST_WORDS && error.parameter() == null;
        }
    }

    private static final int FIRST_WORDS = 60;

    private static Sign sign(Reason reason, Set<String> codes, String... phrases) {
        return sign(LlmFailure.of(reason), codes, phrases);
    }

    private static Sign sign(Restriction restriction, Set<String> codes, String... phrases) {
        return sign(LlmFailure.restricted(restriction), codes, phrases);
    }

    private static Sign sign(LlmFailure failure, Set<String> codes, String... phrases) {
        var none = "(?!)";
        return new Sign(
                failure,
                codes,
                Pattern.compile(phrases.length == 0 ? none : String.join("|", phrases), Pattern.MULTILINE));
    }

    /**
     * The known signs. The first that matches counts: what is wrong with a key comes before the codes that providers
     * send with any rejected key, and a retired model before an unknown one.
     */
    private static final List<Sign> SIGNS = List.of(
            sign(Reason.KEY_LEAKED, Set.of("api_key_leaked"), "reported as leaked", "key (?:was|has been) leaked"),
            sign(
                    Reason.KEY_EXPIRED,
                    Set.of("api_key_expired", "expired_api_key", "key_expired", "token_expired"),
                    "(?:api key|token) (?:has |is )?expired",
                    "expired (?:api key|token)"),
            sign(
                    Reason.ACCOUNT_SUSPENDED,
                    Set.of("consumer_suspended", "account_deactivated", "account_suspended", "organization_restricted"),
                    "(?:account|organization|consumer|project|team|key)\\b[^.]{0,200} (?:has been|is|was)"
                            + " (?:deactivated|suspended|banned|terminated)",
                    "(?:account|organization) has been (?:disabled|restricted)",
                    "deactivated account",
                    "disabled in this account"),
            sign(
                    Restriction.WEBSITE,
                    Set.of("api_key_http_referrer_blocked", "api_key_android_app_blocked", "api_key_ios_app_blocked"),
                    "requests from (?:referr?er|this (?:android|ios) client application)"),
            sign(
                    Restriction.ADDRESS,
                    Set.of("api_key_ip_address_blocked", "ip_not_authorized", "ip_not_allowed"),
                    "ip address restriction",
                    "\\b(?:your|this|client) ip(?: address)?\\b[^.]{0,80}\\bnot (?:authorized|allowed|permitted|(?:in|on) the (?:allow ?list|whitelist))",
                    "access token from location"),
            sign(
                    Restriction.API,
                    Set.of("api_key_service_blocked", "api_key_method_blocked"),
                    "requests to this api\\b.{0,200} are blocked"),
            sign(
                    Restriction.PERMISSION,
                    Set.of("missing_scope", "insufficient_scope", "access_token_scope_insufficient"),
                    "missing scopes?:",
                    "insufficient permissions for this operation",
                    "insufficient (?:authentication )?scopes"),
            sign(
                    Reason.API_DISABLED,
                    Set.of("service_disabled", "accessnotconfigured"),
                    "has not been used in project .{0,80}or it is disabled",
                    "\\bapi (?:is not|has not been) enabled"),
            sign(
                    Reason.NO_CREDIT,
                    Set.of(
                            "insufficient_quota",
                            "billing_error",
                            "billing_not_active",
                            "billing_hard_limit_reached",
                            "billing_disabled",
                            "enforced_spend_limit_reached",
                            "insufficient_balance",
                            "3036",
                            "4006"),
                    "credit balance is too low",
                    "insufficient (?:account )?balance",
                    "insufficient credits?",
                    "requires more credits",
                    "(?:have|has) any credits",
                    "credits? (?:is|are|has been|have been) (?:depleted|exhausted|used up)",
                    "(?:out of|all available|n't have any|no remaining|not enough) credits",
                    "(?:spending|spend) limit",
                    "specified api usage limits",
                    "key limit exceeded",
                    "daily free allocation",
                    "free tier is not available",
                    "(?:have|has) a free quota tier",
                    "free_tier[^\\n]{0,200}\\blimit: 0\\b"),
            sign(
                    Reason.REGION,
                    Set.of("unsupported_country_region_territory", "unsupported_country", "unsupported_region"),
                    "location is not supported",
                    "country, region, or territory not supported",
                    "not (?:available|supported|allowed) in your (?:country|region|location)",
                    "^request not allowed$"),
            sign(
                    Reason.INVALID_KEY,
                    Set.of(
                            "invalid_api_key",
                            "api_key_invalid",
                            "authentication_error",
                            "access_token_type_unsupported",
                            "10000",
                            "1000",
                            "9109",
                            "10001"),
                    "incorrect api key",
                    "invalid api key",
                    "api key not (?:valid|found)"),
            sign(
                    Reason.CONTEXT_TOO_LONG,
                    Set.of("context_length_exceeded", "exceed_context_size_error", "request_too_large", "3006"),
                    "prompt is too long",
                    "prompt too long",
                    "input is too long",
                    "(?:input|prompt)\\b[^.]{0,60}\\b(?:is )?(?:too long|longer than)\\b[^.]{0,40}(?:context|model)",
                    "(?:input|prompt) tokens? exceeds? the",
                    "context window limit",
                    "context the overflows",
                    "extra usage is required for long context",
                    "maximum (?:context|prompt) length",
                    "exceeds? (?:the )?(?:available |maximum )?context (?:limit|length|size|window)",
                    "exceeds the maximum number of tokens",
                    "tokens? \\+ `?max_(?:new_)?tokens`? must be"),
            sign(Reason.UNKNOWN_ACCOUNT, Set.of("7003", "7000")),
            sign(
                    Reason.MODEL_RETIRED,
                    Set.of("model_decommissioned", "model_deprecated", "model_retired"),
                    "\\bmodel (?:[`'\"]?[\\w./:@-]{1,120}+[`'\"]? )?(?:has been (?:decommissioned|deprecated|retired|discontinued"
                            + "|shut ?down)|is no longer (?:available|supported|offered))"),
            sign(
                    Reason.UNKNOWN_MODEL,
                    Set.of("model_not_found", "invalid_model", "1500", "5007", "3042"),
                    "invalid model",
                    "model not exist",
                    "is not a valid model",
                    "model not found"),
            sign(Reason.TOOL_CALL_FAILED, Set.of("tool_use_failed"), "failed to call a function"),
            sign(
                    Reason.BLOCKED,
                    Set.of("content_filter", "content_policy_violation", "invalid_prompt", "moderation_error"),
                    "content exists risk",
                    "blocked by content filter",
                    "(?:input|prompt|content|message)s? (?:was|were|has been|is|are) flagged",
                    "requires moderation"));

    private static final Pattern LIMIT_AND_REQUESTED =
            Pattern.compile("\\blimit:? (\\d{1,12}),[^.]{0,40}?\\brequested:? (\\d{1,12})");
    private static final Set<String> OVERLOADED =
            Set.of("3040", "capacity_exceeded", "overloaded_error", "unavailable");
    private static final Set<String> FORBIDDEN_MODEL = Set.of("3023", "5018", "3041", "5016");

    private ProviderErrors() {}

    /** Whether a JSON value is an error, regardless of its HTTP status. */
    public static boolean isError(JsonNode body) {
        return ErrorBody.isError(body);
    }

    /** The failure that a response with status 200 reports in its body. */
    public static LlmFailure inAnswer(JsonNode body) {
        return of(200, null, body);
    }

    /**
     * The failure that an error response reports.
     *
     * @param status the HTTP status; the body's own status replaces a successful one
     * @param retryAfter the {@code Retry-After} header; null if there was none
     * @param body the parsed body; a missing node if it was not JSON
     */
    public static LlmFailure of(int status, @Nullable Duration retryAfter, JsonNode body) {
        var error = ErrorBody.read(body);
        var wait = retryAfter == null ? error.retryAfter() : retryAfter;
        var known = SIGNS.stream()
                .filter(sign -> sign.isIn(status, error))
                .findFirst()
                .orElse(null);
        if (known != null) {
            return known.failure().is(Reason.TOOL_CALL_FAILED)
                    ? LlmFailure.toolCall(error.failedGeneration())
                    : known.failure();
        }
        var conversation = status / 100 == 4 ? RefusedConversation.in(error.message()) : null;
        if (conversation != null) {
            return conversation;
        }
        if (status == 429 && isTooLargeForAnyMinute(error.message())) {
            return LlmFailure.of(Reason.CONTEXT_TOO_LONG);
        }
        if (error.hasCode(OVERLOADED)) {
            return LlmFailure.waiting(Reason.OVERLOADED, wait);
        }
        if (error.hasCode(FORBIDDEN_MODEL)) {
            return LlmFailure.of(Reason.NOT_PERMITTED);
        }
        return byStatus(status / 100 == 2 && error.httpCode() > 0 ? error.httpCode() : status, error, wait);
    }

    /** Whether one request is larger than the limit of a minute, so that waiting does not help. */
    private static boolean isTooLargeForAnyMinute(String message) {
        var matcher = LIMIT_AND_REQUESTED.matcher(message);
        return matcher.find() && Long.parseLong(matcher.group(2)) > Long.parseLong(matcher.group(1));
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
                error.hasCode(Set.of("rate_limit_error", "rate_limit_exceeded", "resource_exhausted"))
                        ? LlmFailure.waiting(Reason.RATE_LIMITED, wait)
                        : error.hasCode(Set.of("server_error", "internal_server_error", "api_error", "internal"))
                                ? LlmFailure.of(Reason.SERVER_ERROR)
                                : LlmFailure.of(Reason.BROKEN_ANSWER);
            default ->
                status >= 500
                        ? LlmFailure.of(Reason.SERVER_ERROR)
                        : LlmFailure.rejected(error.parameter(), error.fault());
        };
    }
}

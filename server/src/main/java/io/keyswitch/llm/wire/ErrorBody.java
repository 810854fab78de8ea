package io.keyswitch.llm.wire;

import io.keyswitch.core.Json;
import io.keyswitch.llm.LlmFailure.Fault;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The common contents of providers' error bodies. Observed formats: {@code {"error": {…}}}, {@code {"error": "text"}},
 * {@code [{"error": …}]}, {@code {"success": false, "errors": [{"code", "message"}]}}, {@code {"object": "error", …}},
 * {@code {"detail": …}}.
 *
 * @param codes every type, code, status and reason, lower-cased
 * @param parameter the request field that caused the error; null if none is named
 * @param message the provider's error message, lower-cased; only searched for phrases, never shown, because it may
 *     contain the key
 * @param httpCode a code from 400 to 599, the actual status of a response that started with 200; 0 if there is none
 * @param retryAfter the retry delay in the body; null if there is none
 * @param failedGeneration what Groq shows of a call of a tool that the model got wrong; null if there is none
 */
record ErrorBody(
        Set<String> codes,
        @Nullable String parameter,
        String message,
        int httpCode,
        @Nullable Duration retryAfter,
        @Nullable String failedGeneration) {

    /** How much of a message is searched; some quote the whole request. */
    private static final int SEARCHED = 4_000;

    /** Some providers send the status as text. */
    private static final Pattern HTTP_ERROR = Pattern.compile("[45]\\d\\d");

    private static final Pattern SECONDS = Pattern.compile("(\\d{1,6})(?:\\.(\\d{1,9}))?s");

    /**
     * The field in {@code temperature: …}, {@code messages.1: …}, {@code max_tokens must …}, {@code `temperature` …} or
     * {@code property 'n' …} or {@code … argument supplied: n}.
     */
    private static final Pattern FIELD = Pattern.compile(
            "^\\s*([a-z_]{1,40})(?:(?:[.\\[][^ ]{0,80})?: | (?:must|should|cannot|exceeds|is) )|[`'\"]([a-z_]{1,40})(?:[.\\[][^`'\"]{0,80})?[`'\"]"
                    + "|(?:argument|parameter|field|property|key)s?(?: supplied)?: ?([a-z_]{1,40})\\b");

    private static final Set<String> UNSUPPORTED_CODES =
            Set.of("unsupported_parameter", "unknown_parameter", "extra_forbidden", "unrecognized_parameter");

    /** Two fields at once, or a field beside a value of another: "when reasoning_effort is high". */
    private static final Pattern COMBINATION = Pattern.compile(
            "\\bboth\\b|mutually exclusive|(?:together|combination|combined|conjunction) with|at the same time"
                    + "|\\b(?:with|when|if|while|unless|alongside)\\b[^.]{0,20}?[`'\"]?(?:[a-z]+_[a-z_]+|thinking|reasoning|temperature|tools|stream)\\b");

    private static final Pattern CHOICES =
            Pattern.compile("(?:supported|allowed|valid|possible|accepted) (?:values|options)|must be one of");

    private static final Pattern UNSUPPORTED = Pattern.compile(
            "unsupported|(?:not|n't|no longer) (?:be )?(?:support|permitted|allowed|accept|recogni|available)|deprecated|extra inputs"
                    + "|unknown|unrecogni|unexpected|additional propert|only the default|only 1 is");

    private static final Pattern VALUE = Pattern.compile(
            "\\brange\\b|\\bbetween\\b|(?:must|should) (?:not )?(?:be|have)|(?:less|greater|more|larger|smaller) than|at (?:most|least)"
                    + "|maximum|minimum|exceed|too (?:large|small|high|low|long|short|many|few)|invalid|not a valid");

    /** Whether a JSON value is an error, regardless of its HTTP status. */
    static boolean isError(JsonNode body) {
        var value = body.isArray() ? body.path(0) : body;
        var error = value.path("error");
        return (error.isObject() || (error.isString() && !error.stringValue().isEmpty()))
                || (value.path("errors").isArray()
                        && value.path("success").isBoolean()
                        && !value.path("success").booleanValue())
                || "error".equals(Node.text(value, "object"))
                || value.has("detail");
    }

    static ErrorBody read(JsonNode body) {
        var value = body.isArray() ? body.path(0) : body;
        var reader = new Reader();
        reader.object(value);
        reader.object(value.path("error"));
        reader.behind(value.path("error").path("metadata").path("raw"));
        if (value.path("error").isString()) {
            reader.message.append(value.path("error").stringValue());
        }
        for (var error : value.path("errors")) {
            reader.object(error);
        }
        for (var detail : value.path("error").path("details")) {
            reader.googleDetail(detail);
        }
        reader.validation(value.path("detail"));
        reader.validation(value.path("message").path("detail"));
        return new ErrorBody(
                reader.codes,
                reader.parameter == null ? fieldIn(reader.message) : reader.parameter,
                reader.message
                        .substring(0, Math.min(reader.message.length(), SEARCHED))
                        .toLowerCase(Locale.ROOT),
                reader.httpCode,
                reader.retryAfter,
                Node.text(value.path("error"), "failed_generation"));
    }

    /** The field that a message names; null if there is none. Some providers name it only there. */
    private static @Nullable String fieldIn(CharSequence message) {
        var matcher = FIELD.matcher(message);
        return matcher.find()
                ? IntStream.rangeClosed(1, matcher.groupCount())
                        .mapToObj(matcher::group)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElseThrow()
                : null;
    }

    /** What is wrong with the field that caused the error; null if the error does not say. */
    @Nullable
    Fault fault() {
        if (parameter == null) {
            return null;
        }
        if (parameter.equals(Refusals.STREAM)) {
            // It has no other values.
            return Fault.UNSUPPORTED;
        }
        if (COMBINATION.matcher(message).find() && !hasCode(UNSUPPORTED_CODES)) {
            return Fault.COMBINATION;
        }
        if (CHOICES.matcher(message).find()) {
            return Fault.VALUE;
        }
        if (hasCode(UNSUPPORTED_CODES) || UNSUPPORTED.matcher(message).find()) {
            return Fault.UNSUPPORTED;
        }
        return VALUE.matcher(message).find() ? Fault.VALUE : null;
    }

    boolean hasCode(Set<String> any) {
        return any.stream().anyMatch(codes::contains);
    }

    private static final class Reader {
        final Set<String> codes = new HashSet<>();
        final StringBuilder message = new StringBuilder();

        @Nullable
        String parameter;

        @Nullable
        Duration retryAfter;

        int httpCode;

        void object(JsonNode object) {
            for (var field : new String[] {"type", "code", "status", "status_code"}) {
                code(object.path(field));
            }
            code(object.path("details").path("error_code"));
            if (parameter == null) {
                parameter = topLevel(Node.text(object, "param"));
            }
            message.append(Node.textOrEmpty(object, "message")).append('\n');
        }

        /** The top-level field of a path such as {@code messages[0].name}. */
        private static @Nullable String topLevel(@Nullable String field) {
            return field == null ? null : field.replaceFirst("[.\\[].*", "");
        }

        /** Reads the error of the provider behind OpenRouter, which it passes on as text. */
        void behind(JsonNode raw) {
            var text = raw.asString("");
            var error = Json.readFromProvider(text);
            if (error != null && error.isObject()) {
                object(error);
                object(error.path("error"));
                message.append(error.path("error").asString(""));
            } else {
                message.append(text);
            }
            message.append('\n');
        }

        private void code(JsonNode value) {
            if (!value.isString() && !value.isIntegralNumber()) {
                return;
            }
            var code = value.asString("").toLowerCase(Locale.ROOT);
            codes.add(code);
            if (HTTP_ERROR.matcher(code).matches()) {
                httpCode = Integer.parseInt(code);
            }
        }

        void googleDetail(JsonNode detail) {
            code(detail.path("reason"));
            var delay = SECONDS.matcher(Node.textOrEmpty(detail, "retryDelay"));
            if (delay.matches()) {
                retryAfter = Duration.ofSeconds(Long.parseLong(delay.group(1)) + (delay.group(2) == null ? 0 : 1));
            }
        }

        /** Reads FastAPI's validation errors, which name the field in {@code loc}. */
        void validation(JsonNode detail) {
            if (detail.isString()) {
                message.append(detail.stringValue()).append('\n');
            }
            for (var error : detail) {
                var place = error.path("loc");
                if (parameter == null && place.isArray() && place.size() > 1) {
                    parameter = place.path(place.size() - 1).asString("");
                }
                for (var step : place) {
                    message.append(step.asString("")).append('.');
                }
                message.append(": ").append(Node.textOrEmpty(error, "msg")).append('\n');
            }
        }
    }
}

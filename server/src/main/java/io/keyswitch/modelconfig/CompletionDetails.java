package io.keyswitch.modelconfig;

import io.keyswitch.core.Details;
import io.keyswitch.core.Reason;
import io.keyswitch.llm.LlmFailure;
import io.keyswitch.llm.LlmFailure.Fault;
import io.keyswitch.llm.Target;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The error details of a failed completion.
 *
 * @param failure as the provider or the transport reported it
 * @param incomplete whether part of the response had arrived
 */
record CompletionDetails(LlmFailure failure, Target target, KeySource source, boolean incomplete) implements Details {
    @Override
    public Map<String, Object> fields() {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("provider", target.provider().id().value());
        fields.put("retryable", failure.retryable());
        if (failure.retryAfter() != null) {
            fields.put("retryAfterSeconds", inSeconds(failure.retryAfter()));
        }
        if (failure.restriction() != null) {
            fields.put("restriction", failure.restriction().word());
        }
        if (failure.failedGeneration() != null) {
            fields.put("failedGeneration", failure.failedGeneration());
        }
        if (incomplete) {
            fields.put("incomplete", true);
        }
        return fields;
    }

    /** Rounded up, because a retry before the end of the wait is refused again. */
    private static long inSeconds(Duration wait) {
        return Math.ceilDiv(wait.toMillis(), 1_000);
    }

    @Override
    public Map<String, String> arguments() {
        var field = failure.field();
        var wait = failure.retryAfter();
        return Map.of(
                "provider",
                target.provider().displayName(),
                "model",
                target.model().value(),
                "field",
                field == null ? "" : field,
                "seconds",
                wait == null ? "" : Long.toString(Math.max(1, inSeconds(wait))));
    }

    @Override
    public String variant() {
        if (failure.restriction() != null) {
            return failure.restriction().word();
        }
        var field = failure.field();
        if (field == null) {
            return source.word();
        }
        return switch (field) {
            case "messages", "response_format" -> field;
            case "messages.tool_call_id" -> "tool_call_id";
            default -> "field";
        };
    }

    @Override
    public @Nullable String field() {
        return switch (failure.reason()) {
            case NOT_PERMITTED, UNKNOWN_MODEL, MODEL_RETIRED -> "model";
            case CONTEXT_TOO_LONG -> "messages";
            default -> failure.field();
        };
    }

    @Override
    public @Nullable String fieldCode() {
        if (!failure.is(Reason.REJECTED) || failure.field() == null) {
            return null;
        }
        var fault = failure.fault();
        return fault == null || fault == Fault.UNSUPPORTED ? Reason.UNSUPPORTED.openAiCode() : "invalid_value";
    }

    @Override
    public @Nullable String failedGeneration() {
        return failure.failedGeneration();
    }

    @Override
    public @Nullable Duration retryAfter() {
        return failure.retryAfter();
    }
}

package io.keyswitch.llm;

import io.keyswitch.core.Reason;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Why a provider gave no completion, or only a part of one.
 *
 * @param retryAfter how long to wait before the next request; null if the provider does not say
 * @param field the field of the request that the provider does not accept or that its wire format cannot express, by
 *     its name in OpenAI's API, such as {@code seed}; null if there is none
 * @param phase what a request that timed out was waiting for; null if it did not time out
 */
public record LlmFailure(
        Reason reason,
        @Nullable Duration retryAfter,
        @Nullable String field,
        @Nullable Phase phase) {
    /** What a request was waiting for. */
    public enum Phase {
        FIRST_BYTE,
        NEXT_BYTE,
        LAST_BYTE
    }

    /** A failure without details. */
    public static LlmFailure of(Reason reason) {
        return new LlmFailure(reason, null, null, null);
    }

    /** A failure with the time to wait before a retry; null if it is unknown. */
    public static LlmFailure waiting(Reason reason, @Nullable Duration retryAfter) {
        return new LlmFailure(reason, retryAfter, null, null);
    }

    /** A request with a field that the provider does not accept; null if the provider names none. */
    public static LlmFailure rejected(@Nullable String field) {
        return new LlmFailure(Reason.REJECTED, null, field, null);
    }

    /** A request that was not sent, because the provider or its wire format does not support a field. */
    public static LlmFailure unsupported(String field) {
        return new LlmFailure(Reason.UNSUPPORTED, null, field, null);
    }

    public static LlmFailure timedOut(Phase phase) {
        return new LlmFailure(Reason.TIMED_OUT, null, null, phase);
    }

    public boolean is(Reason one) {
        return reason == one;
    }

    /** Whether the same request may succeed later, unchanged. */
    public boolean retryable() {
        return reason.retryable();
    }

    /** Whether the provider rejected the request before it did anything that could be billed. */
    public boolean unbilled() {
        return is(Reason.RATE_LIMITED) || is(Reason.OVERLOADED) || is(Reason.UNREACHABLE);
    }

    /** For logs: the reason, and what a request that timed out was waiting for. */
    @Override
    public String toString() {
        return phase == null ? reason.word() : reason.word() + " (" + phase + ")";
    }
}

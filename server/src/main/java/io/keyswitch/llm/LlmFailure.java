package io.keyswitch.llm;

import io.keyswitch.core.Details;
import io.keyswitch.core.Reason;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Why a provider gave no completion, or only a part of one.
 *
 * @param retryAfter how long to wait before the next request; null if the provider does not say
 * @param field the field of the request that the provider does not accept or that its wire format cannot express, by
 *     its name in OpenAI's API, such as {@code seed}; null if there is none
 * @param fault what is wrong with that field; null if the provider does not say
 * @param restriction what the key's restrictions at the provider forbid; null if they are not the cause
 * @param failedGeneration the call of a tool that the model got wrong, which some clients repair; null if there is none
 * @param phase what a request that timed out was waiting for; null if it did not time out
 */
public record LlmFailure(
        Reason reason,
        @Nullable Duration retryAfter,
        @Nullable String field,
        @Nullable Fault fault,
        @Nullable Restriction restriction,
        @Nullable String failedGeneration,
        @Nullable Phase phase) {
    /** What is wrong with a field. */
    public enum Fault {
        /** The model does not take it, whatever its value. */
        UNSUPPORTED,
        /** The model takes it, but not beside another field or its value. */
        COMBINATION,
        /** The model takes it, but not this value. */
        VALUE
    }

    /** A restriction that a key's owner set at the provider. */
    public enum Restriction {
        /** Only certain websites or apps may use the key. */
        WEBSITE,
        /** Only certain IP addresses may use the key. */
        ADDRESS,
        /** The key may not use the API that completes chats. */
        API,
        /** The key lacks a permission. */
        PERMISSION;

        /** The value used in error details. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What a request was waiting for. */
    public enum Phase {
        FIRST_BYTE,
        NEXT_BYTE,
        LAST_BYTE
    }

    /** A failure without details. */
    public static LlmFailure of(Reason reason) {
        return new LlmFailure(reason, null, null, null, null, null, null);
    }

    /** This server is stopping; another one, or this one again, answers in a moment. */
    public static LlmFailure stopped() {
        return waiting(Reason.STOPPED, Details.RETRY_SOON.retryAfter());
    }

    /** A key whose restrictions forbid the request. */
    public static LlmFailure restricted(Restriction restriction) {
        return new LlmFailure(Reason.KEY_RESTRICTED, null, null, null, restriction, null, null);
    }

    /** A failure with the time to wait before a retry; null if it is unknown. */
    public static LlmFailure waiting(Reason reason, @Nullable Duration retryAfter) {
        return new LlmFailure(reason, retryAfter, null, null, null, null, null);
    }

    /** A request with a field that the provider does not accept; null if the provider names none. */
    public static LlmFailure rejected(@Nullable String field) {
        return rejected(field, null);
    }

    /**
     * A request with a field that the provider does not accept; null if the provider names none.
     *
     * @param fault what is wrong with it; null if the provider does not say
     */
    public static LlmFailure rejected(@Nullable String field, @Nullable Fault fault) {
        return new LlmFailure(Reason.REJECTED, null, field, fault, null, null, null);
    }

    /** A request that was not sent, because the provider or its wire format does not support a field. */
    public static LlmFailure unsupported(String field) {
        return new LlmFailure(Reason.UNSUPPORTED, null, field, null, null, null, null);
    }

    /** A call of a tool that the model got wrong; null if the provider does not show it. */
    public static LlmFailure toolCall(@Nullable String failedGeneration) {
        return new LlmFailure(Reason.TOOL_CALL_FAILED, null, null, null, null, failedGeneration, null);
    }

    public static LlmFailure timedOut(Phase phase) {
        return new LlmFailure(Reason.TIMED_OUT, null, null, null, null, null, phase);
    }

    /** Whether only the key's owner can fix it: with a new key, or at the provider. */
    public boolean concernsKey() {
        return reason.concernsKey();
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

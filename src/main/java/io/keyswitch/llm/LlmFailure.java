package io.keyswitch.llm;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Why a provider gave no completion, or only a part of one. */
public sealed interface LlmFailure {
    /** Whether the same request may succeed later, unchanged. */
    default boolean retryable() {
        return switch (this) {
            case RateLimited _,
                    Overloaded _,
                    ServerError _,
                    Paused _,
                    Unreachable _,
                    TimedOut _,
                    BrokenAnswer _,
                    Stopped _ -> true;
            case InvalidKey _,
                    NotPermitted _,
                    NoCredit _,
                    UnknownModel _,
                    UnknownAccount _,
                    ContextTooLong _,
                    Blocked _,
                    Rejected _,
                    Unsupported _,
                    EmptyAnswer _ -> false;
        };
    }

    /** Whether the provider turned the request away before it did anything that could be billed. */
    default boolean unbilled() {
        return this instanceof RateLimited || this instanceof Overloaded || this instanceof Unreachable;
    }

    /** How long to wait before the next request; null if nobody knows. */
    default @Nullable Duration retryAfter() {
        return switch (this) {
            case RateLimited(var wait) -> wait;
            case Overloaded(var wait) -> wait;
            case Paused(var wait) -> wait;
            default -> null;
        };
    }

    /** The provider does not know the key. */
    record InvalidKey() implements LlmFailure {}

    /** The key is known but may not do this. */
    record NotPermitted() implements LlmFailure {}

    /** The account behind the key has nothing left to pay with. */
    record NoCredit() implements LlmFailure {}

    /**
     * Too many requests with this key.
     *
     * @param retryAfter what the provider asks to wait; null if it does not say
     */
    record RateLimited(@Nullable Duration retryAfter) implements LlmFailure {}

    /** The provider does not know the model, or not for this key. */
    record UnknownModel() implements LlmFailure {}

    /** The provider does not know the account id. */
    record UnknownAccount() implements LlmFailure {}

    /** The conversation is longer than the model can read. */
    record ContextTooLong() implements LlmFailure {}

    /** The provider's safety rules withheld the answer. */
    record Blocked() implements LlmFailure {}

    /**
     * The provider does not accept the request.
     *
     * @param parameter the field it names; null if it names none
     */
    record Rejected(@Nullable String parameter) implements LlmFailure {}

    /**
     * The request asks for what this provider or its wire format cannot do, and was not sent.
     *
     * @param field the field of the request in OpenAI's words, such as {@code seed}
     */
    record Unsupported(String field) implements LlmFailure {}

    /**
     * The provider has too much to do and turned the request away.
     *
     * @param retryAfter what the provider asks to wait; null if it does not say
     */
    record Overloaded(@Nullable Duration retryAfter) implements LlmFailure {}

    /** The provider, or a gateway before it, failed at the request; what was done for it until then, nobody knows. */
    record ServerError() implements LlmFailure {}

    /** So many requests with this key failed that none is sent for a while. */
    record Paused(Duration retryAfter) implements LlmFailure {}

    /** No connection to the provider could be made; nothing was sent. */
    record Unreachable() implements LlmFailure {}

    /** The provider was too slow. */
    record TimedOut(Phase phase) implements LlmFailure {}

    /** The answer broke off, never began, or was not in the provider's wire format. */
    record BrokenAnswer() implements LlmFailure {}

    /** This server was told to stop while it waited for the answer. */
    record Stopped() implements LlmFailure {}

    /** The model finished without a word, for example because thinking used up its token limit. */
    record EmptyAnswer() implements LlmFailure {}

    /** What a request was waiting for. */
    enum Phase {
        FIRST_BYTE,
        NEXT_BYTE,
        LAST_BYTE
    }
}

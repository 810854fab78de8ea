package io.keyswitch.modelconfig;

import io.keyswitch.llm.LlmFailure;
import org.jspecify.annotations.Nullable;

/** The result of a key check. */
public sealed interface Verdict {
    /** The value used in the audit log. */
    default String word() {
        return switch (this) {
            case Valid _ -> "valid";
            case UnknownModel _ -> "unknown-model";
            case ModelRetired _ -> "model-retired";
            case NoCredit _ -> "no-credit";
            case RateLimited _ -> "rate-limited";
            case Invalid _ -> "invalid";
            case NotPermitted _ -> "not-permitted";
            case Unusable(var failure) -> failure.reason().word().replace('_', '-');
            case UnknownAccount _ -> "unknown-account";
            case Unreachable _ -> "unreachable";
        };
    }

    /** What this says about the key alone. */
    default Verdict onKey() {
        return this instanceof UnknownModel || this instanceof ModelRetired || this instanceof NotPermitted
                ? new Valid()
                : this;
    }

    /** Whether it says whether the key works, as a provider that could not be asked or limits requests does not. */
    default boolean isAboutKey() {
        return !(this instanceof Unreachable || this instanceof RateLimited);
    }

    /** The provider accepts the key. */
    record Valid() implements Verdict {}

    /**
     * The provider accepts the key but does not list the model.
     *
     * @param suggestion a listed model with a similar name; null if there is none
     */
    record UnknownModel(@Nullable String suggestion) implements Verdict {}

    /** The provider accepts the key and no longer offers the model. */
    record ModelRetired() implements Verdict {}

    /** The key is valid, but its account has no credit. */
    record NoCredit() implements Verdict {}

    /** The key is valid, but rate-limited. */
    record RateLimited() implements Verdict {}

    /** The provider rejects the key. */
    record Invalid() implements Verdict {}

    /** The key is valid, but must not use the model. */
    record NotPermitted() implements Verdict {}

    /**
     * The provider refuses the key for a reason that its owner can fix; for a region, nobody can.
     *
     * @param failure as the provider reported it
     */
    record Unusable(LlmFailure failure) implements Verdict {}

    /** The provider does not know the account id. */
    record UnknownAccount() implements Verdict {}

    /** The provider could not be reached or its response is inconclusive, so the key is unverified. */
    record Unreachable() implements Verdict {}
}

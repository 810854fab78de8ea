package io.keyswitch.modelconfig;

import org.jspecify.annotations.Nullable;

/** What a check found out about a key. */
public sealed interface Verdict {
    /** The word for it in the audit log. */
    default String word() {
        return switch (this) {
            case Valid _ -> "valid";
            case UnknownModel _ -> "unknown-model";
            case NoCredit _ -> "no-credit";
            case RateLimited _ -> "rate-limited";
            case Invalid _ -> "invalid";
            case NotPermitted _ -> "not-permitted";
            case UnknownAccount _ -> "unknown-account";
            case Unreachable _ -> "unreachable";
        };
    }

    /** The provider takes it. */
    record Valid() implements Verdict {}

    /**
     * The provider takes it but does not list the model.
     *
     * @param suggestion a listed model of a similar name; null if there is none
     */
    record UnknownModel(@Nullable String suggestion) implements Verdict {}

    /** The provider knows it, and the account behind it has nothing left to pay with. */
    record NoCredit() implements Verdict {}

    /** The provider knows it and asks to wait. */
    record RateLimited() implements Verdict {}

    /** The provider does not take it. */
    record Invalid() implements Verdict {}

    /** The provider knows it and does not let it use the model. */
    record NotPermitted() implements Verdict {}

    /** The provider does not know the account id. */
    record UnknownAccount() implements Verdict {}

    /** The provider could not be asked, so nothing is known about the key. */
    record Unreachable() implements Verdict {}
}

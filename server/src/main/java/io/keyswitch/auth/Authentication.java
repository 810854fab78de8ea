package io.keyswitch.auth;

import io.keyswitch.core.UserId;
import org.jspecify.annotations.Nullable;

/** What a request says of who sent it. */
public sealed interface Authentication {
    /** It says nothing. */
    record Anonymous() implements Authentication {}

    /**
     * A verified token says who.
     *
     * @param plan what it says of the user's plan; null for nothing
     */
    record Verified(UserId user, @Nullable String plan) implements Authentication {}

    /** It carries a token that cannot be judged now, because the issuer's keys cannot be had. */
    record Unavailable() implements Authentication {}

    /** It carries something that is not a valid token. */
    record Rejected() implements Authentication {}
}

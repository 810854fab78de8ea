package io.keyswitch.auth;

import io.keyswitch.core.Failure;
import io.keyswitch.core.Reason;
import io.keyswitch.core.UserId;
import org.jspecify.annotations.Nullable;

/** The result of authenticating a request. */
public sealed interface Authentication {
    /** The request has no credentials. */
    record Anonymous() implements Authentication {}

    /**
     * The request has a valid token.
     *
     * @param plan the plan named in the token; null if it names none
     */
    record Verified(UserId user, @Nullable String plan) implements Authentication {}

    /** The token cannot be verified now, because the issuer's keys are not available. */
    record Unavailable() implements Authentication {
        /** What a client is told. */
        public Failure failure() {
            return Failure.retrySoon(Reason.SIGN_IN_UNAVAILABLE);
        }
    }

    /** The credentials are not valid. */
    record Rejected() implements Authentication {}
}

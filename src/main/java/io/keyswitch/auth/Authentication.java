package io.keyswitch.auth;

import io.keyswitch.user.UserId;

/** What a request says of who sent it. */
public sealed interface Authentication {
    /** It says nothing. */
    record Anonymous() implements Authentication {}

    /** A verified token says who. */
    record Verified(UserId user) implements Authentication {}

    /** It carries a token that cannot be judged now, because the issuer's keys cannot be had. */
    record Unavailable() implements Authentication {}

    /** It carries something that is no valid token. */
    record Rejected() implements Authentication {}
}

package io.keyswitch.auth;

/** A token that proves nothing; the reason is for the log and holds no part of the token. */
final class InvalidTokenException extends RuntimeException {
    InvalidTokenException(String reason) {
        super(reason, null, false, false);
    }
}

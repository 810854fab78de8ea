package io.keyswitch.auth;

/** A token is missing or invalid; the message is for the log and contains no part of the token. */
final class InvalidTokenException extends RuntimeException {
    InvalidTokenException(String reason) {
        super(reason, null, false, false);
    }
}

package io.keyswitch.auth;

/** The keys of an issuer cannot be fetched, so its tokens can be neither believed nor rejected. */
final class KeysUnavailableException extends RuntimeException {
    KeysUnavailableException(String issuer, Throwable cause) {
        super("the keys of " + issuer + " cannot be fetched", cause);
    }
}

package io.keyswitch.auth;

/** The keys of an issuer could not be fetched yet, so its tokens can be neither accepted nor rejected. */
final class KeysUnavailableException extends RuntimeException {
    KeysUnavailableException(String server) {
        super("no keys fetched from " + server, null, false, false);
    }
}

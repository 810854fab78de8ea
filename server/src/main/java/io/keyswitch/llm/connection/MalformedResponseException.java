package io.keyswitch.llm.connection;

/** The bytes of a connection are not the response to the request that was sent on it. */
final class MalformedResponseException extends RuntimeException {
    MalformedResponseException(String message) {
        super(message, null, false, false);
    }
}

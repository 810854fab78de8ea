package io.keyswitch.llm.connection;

/** The received data is not a valid response to the request, or the provider refused or reset the stream. */
final class MalformedResponseException extends RuntimeException {
    MalformedResponseException(String message) {
        super(message, null, false, false);
    }
}

package io.keyswitch.http.openai;

import org.jspecify.annotations.Nullable;

/** A request that is not in OpenAI's format. */
final class InvalidRequestException extends RuntimeException {
    private final @Nullable String param;

    /**
     * Creates an exception for a field.
     *
     * @param param the invalid field; null for the request as a whole
     * @param sentence the message for the client's developer
     */
    InvalidRequestException(@Nullable String param, String sentence) {
        super(sentence, null, false, false);
        this.param = param;
    }

    OpenAiError error() {
        return OpenAiError.invalid(param, String.valueOf(getMessage()));
    }
}

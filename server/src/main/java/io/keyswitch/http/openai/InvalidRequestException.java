package io.keyswitch.http.openai;

import org.jspecify.annotations.Nullable;

/** A request that is not in OpenAI's format. */
final class InvalidRequestException extends RuntimeException {
    private final @Nullable String param;

    /**
     * With the field at fault.
     *
     * @param param null for the request as a whole
     * @param sentence for the client's developer
     */
    InvalidRequestException(@Nullable String param, String sentence) {
        super(sentence, null, false, false);
        this.param = param;
    }

    OpenAiError error() {
        return OpenAiError.invalid(param, String.valueOf(getMessage()));
    }
}

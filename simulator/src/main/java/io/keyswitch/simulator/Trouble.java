package io.keyswitch.simulator;

import org.jspecify.annotations.Nullable;

/**
 * An error response of an OpenAI-compatible provider. The message may contain the placeholders <code>{model}</code>,
 * <code>{key}</code> and <code>{path}</code>.
 */
record Trouble(
        int status,
        String message,
        String type,
        @Nullable String param,
        @Nullable String code) {
    private static final String INVALID_REQUEST = "invalid_request_error";

    /** A 400 about one parameter. */
    static Trouble parameter(String message, @Nullable String param, @Nullable String code) {
        return new Trouble(400, message, INVALID_REQUEST, param, code);
    }

    static Trouble of(int status, String message, String type, @Nullable String code) {
        return new Trouble(status, message, type, null, code);
    }

    Trouble about(String model, Key key, String path) {
        var filled =
                message.replace("{model}", model).replace("{key}", key.masked()).replace("{path}", path);
        return new Trouble(status, filled, type, param, code);
    }
}

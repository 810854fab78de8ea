package io.keyswitch.provider;

/**
 * How a provider lists its models.
 *
 * @param get the path below the base URL
 * @param shape the response format
 */
public record ModelsEndpoint(String get, Shape shape) {
    /** The response formats of model lists. */
    public enum Shape {
        /** {@code {"data": [{"id": …}]}}. */
        OPENAI,
        /** {@code {"data": [{"id": …, "display_name": …, "max_input_tokens": …}]}}. */
        ANTHROPIC,
        /** {@code {"models": [{"name": "models/…", "displayName": …, "inputTokenLimit": …}]}}. */
        GEMINI,
        /** {@code {"result": [{"name": "@cf/…"}]}}. */
        CLOUDFLARE,
        /** A bare array of {@code {"id": …}}. */
        ARRAY
    }
}

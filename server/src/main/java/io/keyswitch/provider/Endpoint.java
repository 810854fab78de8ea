package io.keyswitch.provider;

/**
 * The base URL of a user's requests, with the account ID filled in. A stored key is bound to it.
 *
 * @param baseUrl without a trailing slash
 */
public record Endpoint(String baseUrl) {
    /**
     * The URL of a path below the base URL.
     *
     * @param path starts with {@code /}, or with {@code ../} to replace the last segment of the base URL, because some
     *     providers list their models next to their chat API. Configured by the operator, never by users.
     */
    public String resolve(String path) {
        if (path.startsWith("../")) {
            return baseUrl.substring(0, baseUrl.lastIndexOf('/')) + path.substring(2);
        }
        return baseUrl + path;
    }
}

package io.keyswitch.provider;

/**
 * The base URL requests of one user go to, account id filled in. A stored key is bound to it.
 *
 * @param baseUrl without a trailing slash
 */
public record Endpoint(String baseUrl) {
    /**
     * The URL of a path below the base URL.
     *
     * @param path begins with {@code /}; one beginning with {@code ../} starts one segment higher, because some
     *     providers list their models beside their chat API. Paths are the operator's data, never a user's.
     */
    public String resolve(String path) {
        if (path.startsWith("../")) {
            return baseUrl.substring(0, baseUrl.lastIndexOf('/')) + path.substring(2);
        }
        return baseUrl + path;
    }
}

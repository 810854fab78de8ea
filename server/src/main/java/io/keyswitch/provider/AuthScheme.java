package io.keyswitch.provider;

/** The header that carries the key to the provider. */
public enum AuthScheme {
    BEARER("Authorization", "Bearer "),
    X_API_KEY("x-api-key", ""),
    X_GOOG_API_KEY("x-goog-api-key", "");

    private final String header;
    private final String prefix;

    AuthScheme(String header, String prefix) {
        this.header = header;
        this.prefix = prefix;
    }

    public String header() {
        return header;
    }

    /** The prefix of the key in the header value; may be empty. */
    public String prefix() {
        return prefix;
    }
}

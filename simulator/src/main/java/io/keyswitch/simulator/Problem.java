package io.keyswitch.simulator;

/** The reason why a provider rejects a request, independent of the wire format. */
enum Problem {
    MISSING_KEY,
    INVALID_KEY,
    NO_CREDIT,
    RATE_LIMITED,
    RESTRICTED,
    OVERLOADED,
    SERVER_ERROR,
    CONTEXT_TOO_LONG,
    UNKNOWN_MODEL,
    NO_ROUTE,
    BAD_JSON;

    /** The {@code Retry-After} of a rate limit. */
    static final int RETRY_AFTER_SECONDS = 20;

    boolean concernsTheKey() {
        return this == MISSING_KEY || this == INVALID_KEY;
    }
}

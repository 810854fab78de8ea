package io.keyswitch.simulator;

/** Why a provider refuses a well-formed call. Each wire has its own words for it. */
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

    /** The seconds to wait after a rate limit. */
    static final int RETRY_AFTER_SECONDS = 20;

    boolean concernsTheKey() {
        return this == MISSING_KEY || this == INVALID_KEY;
    }
}

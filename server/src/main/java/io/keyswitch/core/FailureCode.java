package io.keyswitch.core;

/** The values of {@code google.rpc.Code} that Keyswitch returns. */
public enum FailureCode {
    CANCELLED(499),
    INVALID_ARGUMENT(400),
    DEADLINE_EXCEEDED(504),
    NOT_FOUND(404),
    PERMISSION_DENIED(403),
    UNAUTHENTICATED(401),
    RESOURCE_EXHAUSTED(429),
    FAILED_PRECONDITION(400),
    ABORTED(409),
    INTERNAL(500),
    UNAVAILABLE(503);

    private final int httpStatus;

    FailureCode(int httpStatus) {
        this.httpStatus = httpStatus;
    }

    /** The HTTP status of the code, as Google's APIs map it. */
    public int httpStatus() {
        return httpStatus;
    }
}

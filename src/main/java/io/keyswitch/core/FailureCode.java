package io.keyswitch.core;

/** The codes of Google's RPC vocabulary that Keyswitch answers with (google.rpc.Code). */
public enum FailureCode {
    CANCELLED,
    INVALID_ARGUMENT,
    DEADLINE_EXCEEDED,
    NOT_FOUND,
    PERMISSION_DENIED,
    UNAUTHENTICATED,
    RESOURCE_EXHAUSTED,
    FAILED_PRECONDITION,
    ABORTED,
    INTERNAL,
    UNAVAILABLE
}

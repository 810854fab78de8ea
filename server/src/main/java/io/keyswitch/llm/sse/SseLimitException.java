package io.keyswitch.llm.sse;

/** A stream that is larger than any honest answer. */
public final class SseLimitException extends RuntimeException {
    SseLimitException(String what) {
        super(what, null, false, false);
    }
}

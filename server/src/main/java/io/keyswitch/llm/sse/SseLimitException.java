package io.keyswitch.llm.sse;

/** An event stream exceeds a size limit. */
public final class SseLimitException extends RuntimeException {
    SseLimitException(String what) {
        super(what, null, false, false);
    }
}

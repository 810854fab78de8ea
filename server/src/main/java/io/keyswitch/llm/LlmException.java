package io.keyswitch.llm;

/** Carries an {@link LlmFailure} out of a blocking read. */
public final class LlmException extends RuntimeException {
    private final transient LlmFailure failure;

    public LlmException(LlmFailure failure) {
        super(failure.toString(), null, false, false);
        this.failure = failure;
    }

    public LlmFailure failure() {
        return failure;
    }
}

package io.keyswitch.core;

import java.util.Map;

/** A request that cannot be answered as asked, in a sentence the user may read. */
public class Failure extends RuntimeException {
    private final FailureCode code;
    private final transient Map<String, Object> details;

    /**
     * A failure with details.
     *
     * @param details values JSON can express; empty for none
     */
    public Failure(FailureCode code, String sentence, Map<String, Object> details) {
        super(sentence, null, false, false);
        this.code = code;
        this.details = Map.copyOf(details);
    }

    public Failure(FailureCode code, String sentence) {
        this(code, sentence, Map.of());
    }

    public static Failure invalidArgument(String sentence) {
        return new Failure(FailureCode.INVALID_ARGUMENT, sentence);
    }

    public FailureCode code() {
        return code;
    }

    public String sentence() {
        return String.valueOf(getMessage());
    }

    public Map<String, Object> details() {
        return details;
    }
}

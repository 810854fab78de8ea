package io.keyswitch.core;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request that cannot be answered as asked: a code, a reason and its facts. How it is put into words and looks on the wire
 * is the surface's business. Never holds a key or a provider's own words.
 */
public class Failure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final FailureCode code;
    private final @Nullable Reason reason;
    private final transient Details details;

    private Failure(FailureCode code, @Nullable Reason reason, String message, Details details) {
        super(message, null, false, false);
        this.code = code;
        this.reason = reason;
        this.details = details;
    }

    /** A failure that users read in their language. */
    public Failure(Reason reason, Details details) {
        this(reason.code(), reason, reason.word(), details);
    }

    public Failure(Reason reason) {
        this(reason, Details.NONE);
    }

    /** A failure of the caller's program, in English for its developer. */
    public static Failure of(FailureCode code, String message, Details details) {
        return new Failure(code, null, message, details);
    }

    public static Failure invalidArgument(String message) {
        return of(FailureCode.INVALID_ARGUMENT, message, Details.NONE);
    }

    public static Failure notFound(String message) {
        return of(FailureCode.NOT_FOUND, message, Details.NONE);
    }

    public FailureCode code() {
        return code;
    }

    /** Null for a mistake in the caller's program, which {@link #message} names. */
    public @Nullable Reason reason() {
        return reason;
    }

    /** The sentence for the caller's developer; the reason's word if there is a reason. */
    public String message() {
        return String.valueOf(getMessage());
    }

    public Details details() {
        return details;
    }

    /** The reason and its facts as programs read them. */
    public Map<String, Object> fields() {
        var fields = new LinkedHashMap<String, Object>();
        if (reason != null) {
            fields.put("reason", reason.word());
        }
        fields.putAll(details.fields());
        return fields;
    }
}

package io.keyswitch.core;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A failed request: a code, a reason and its details. The API that reports it chooses the wording and the wire format.
 * Never contains a key or a provider's error message.
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

    /** A failure with a sentence for end users. */
    public Failure(Reason reason, Details details) {
        this(reason.code(), reason, reason.word(), details);
    }

    public Failure(Reason reason) {
        this(reason, Details.NONE);
    }

    /** A failure that is over in a moment. */
    public static Failure retrySoon(Reason reason) {
        return new Failure(reason, Details.RETRY_SOON);
    }

    /** A failure caused by the client program, with an English message for its developer. */
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

    /** Null for an error of the client program, described by {@link #message}. */
    public @Nullable Reason reason() {
        return reason;
    }

    /** The message for the client's developer; the reason's word if there is a reason. */
    public String message() {
        return String.valueOf(getMessage());
    }

    public Details details() {
        return details;
    }

    /** The reason and its details, machine-readable. */
    public Map<String, Object> fields() {
        var fields = new LinkedHashMap<String, Object>();
        if (reason != null) {
            fields.put("reason", reason.word());
        }
        fields.putAll(details.fields());
        return fields;
    }
}

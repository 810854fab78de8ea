package io.keyswitch.sql;

import io.keyswitch.core.Failure;
import io.keyswitch.core.Reason;

/** A read or write failed. A failed write was not acknowledged. */
public final class DatabaseUnavailableException extends RuntimeException {
    DatabaseUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }

    /** What a client is told. */
    public Failure failure() {
        return Failure.retrySoon(Reason.DATABASE);
    }
}

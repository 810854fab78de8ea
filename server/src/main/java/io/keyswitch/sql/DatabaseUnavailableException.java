package io.keyswitch.sql;

import io.keyswitch.core.Details;
import io.keyswitch.core.Failure;
import io.keyswitch.core.Reason;
import java.time.Duration;

/** A read or write failed. A failed write was not acknowledged. */
public final class DatabaseUnavailableException extends RuntimeException {
    /** A database that restarts or fails over is back within seconds. */
    private static final Details SOON = Details.retryAfter(Duration.ofSeconds(1));

    DatabaseUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }

    /** What a client is told. */
    public Failure failure() {
        return new Failure(Reason.DATABASE, SOON);
    }
}

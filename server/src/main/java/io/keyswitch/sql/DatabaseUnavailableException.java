package io.keyswitch.sql;

/** A read or write failed. A failed write was not acknowledged. */
public final class DatabaseUnavailableException extends RuntimeException {
    DatabaseUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}

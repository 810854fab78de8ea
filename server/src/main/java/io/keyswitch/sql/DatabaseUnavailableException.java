package io.keyswitch.sql;

/** The database did not take or give what was asked. Nothing was acknowledged. */
public final class DatabaseUnavailableException extends RuntimeException {
    DatabaseUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}

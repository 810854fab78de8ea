package io.keyswitch.sql;

/** Another process serves the database. The message names it, and says what to do. */
public final class DatabaseInUseException extends RuntimeException {
    DatabaseInUseException(String message) {
        super(message);
    }
}

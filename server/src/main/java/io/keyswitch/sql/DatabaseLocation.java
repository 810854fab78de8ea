package io.keyswitch.sql;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where a database is, and how to connect to it. */
public sealed interface DatabaseLocation {
    /** An SQLite file, which one process at a time serves. */
    record File(Path path) implements DatabaseLocation {
        @Override
        public String toString() {
            return path.toAbsolutePath().normalize().toString();
        }
    }

    /**
     * A PostgreSQL database, which any number of processes serve.
     *
     * @param url a JDBC URL without a password
     * @param user null if the URL names it
     * @param password null if the server asks for none
     * @param schema the schema of the tables; null for the user's default
     * @param connections the maximum number of connections of this process
     */
    record Server(
            String url,
            @Nullable String user,
            @Nullable String password,
            @Nullable String schema,
            int connections) implements DatabaseLocation {
        @Override
        public String toString() {
            return url;
        }
    }
}

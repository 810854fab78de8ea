package io.keyswitch.sql;

import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** An open database: an SQLite file or PostgreSQL. A returned change survives a power failure. Blocking; thread-safe. */
public interface Database extends DatabaseReader, AutoCloseable {
    /**
     * Opens a database, creating or migrating its tables.
     *
     * @throws DatabaseUnavailableException if it cannot be opened
     */
    static Database open(DatabaseLocation location) {
        return switch (location) {
            case DatabaseLocation.File(var path) -> SqliteDatabase.open(path);
            case DatabaseLocation.Server server -> PostgresDatabase.open(server);
        };
    }

    /**
     * Runs a change atomically. When this returns, the change is on disk.
     *
     * @param change may run several times; only the last one is stored
     * @throws DatabaseUnavailableException if it could not be stored
     */
    <T extends @Nullable Object> T write(Function<Handle, T> change);

    /**
     * Runs a change like {@link #write} and, where the database allows that, erases what it deletes or replaces.
     *
     * @throws DatabaseUnavailableException if it could not be stored
     */
    <T extends @Nullable Object> T erase(Function<Handle, T> change);

    /**
     * Checks that changes can be stored.
     *
     * @throws DatabaseUnavailableException if not
     */
    void requireWritable();

    /** Whether other processes serve it at the same time, so that what is kept in memory grows stale. */
    boolean isShared();

    @Override
    void close();
}

package io.keyswitch.sql;

import java.util.Arrays;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationState;
import org.jdbi.v3.core.Handle;

/** Reads a database as it is, also while a server uses it: creates, migrates and repairs nothing. Blocking. */
public sealed interface StoredDatabase extends DatabaseReader permits DatabaseFile, DatabaseServer {
    /** The database at a location. */
    static StoredDatabase at(DatabaseLocation location) {
        return switch (location) {
            case DatabaseLocation.File(var path) -> new DatabaseFile(path);
            case DatabaseLocation.Server server -> new DatabaseServer(server);
        };
    }

    /**
     * Whether it has been created.
     *
     * @throws DatabaseUnavailableException if its server cannot be reached
     */
    boolean exists();

    /** The version of a database's tables, compared with that of this program. */
    sealed interface Version {
        /** The same. */
        record Current() implements Version {}

        /** Of an older program. */
        record Older(int migrations) implements Version {}

        /** Of a newer program. */
        record Newer() implements Version {}
    }

    /** The version of its tables. */
    Version version();

    /** The version of the tables that some migrations are for. */
    static Version version(Flyway migrations) {
        var known = migrations.info();
        boolean newer =
                Arrays.stream(known.applied()).anyMatch(applied -> applied.getState() == MigrationState.FUTURE_SUCCESS);
        return newer
                ? new Version.Newer()
                : known.pending().length == 0 ? new Version.Current() : new Version.Older(known.pending().length);
    }

    /**
     * The reasons why {@code serve} could not use or create it, as sentences with the cure.
     *
     * @throws DatabaseUnavailableException if the server cannot be reached
     */
    List<String> obstacles();

    /**
     * Reads a file as a whole; a server examines its own files.
     *
     * @throws DatabaseUnavailableException if it is damaged
     */
    default void requireSound() {}

    /**
     * How much a database contains.
     *
     * @param bytes with indexes
     */
    record Size(long users, long messages, long bytes) {}

    /** The bytes of its tables and indexes. */
    long bytes(Handle handle);

    /** Counts what it contains. */
    default Size size(Handle handle) {
        return handle.createQuery("""
                        SELECT (SELECT count(*) FROM message) AS messages, count(*) AS users FROM (
                            SELECT user_id FROM thread
                            UNION SELECT user_id FROM model_config
                            UNION SELECT user_id FROM api_key
                            UNION SELECT user_id FROM personal_token) AS stored
                        """)
                .map((row, _) -> new Size(row.getLong("users"), row.getLong("messages"), bytes(handle)))
                .one();
    }
}

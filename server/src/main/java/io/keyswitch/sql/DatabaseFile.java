package io.keyswitch.sql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.function.Function;
import org.flywaydb.core.api.MigrationState;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** Reads a database file as it is: creates, migrates and repairs nothing. Blocking. */
public final class DatabaseFile {
    /** How much a database contains. */
    public record Size(long users, long messages) {}

    private static final String SOUND = "ok";

    private DatabaseFile() {}

    /**
     * Checks the integrity of a file, then runs a query.
     *
     * @throws DatabaseUnavailableException if the file cannot be read, is damaged, or has not the tables of this version
     */
    public static <T> T read(Path file, Function<Handle, T> query) {
        var config = readOnly();
        try (var handle = Jdbi.create(() -> config.createConnection(url(file))).open()) {
            requireSound(handle, file);
            return query.apply(handle);
        } catch (JdbiException e) {
            throw new DatabaseUnavailableException(file + " cannot be read as a database", e);
        }
    }

    private static void requireSound(Handle handle, Path file) {
        var found = handle.createQuery("PRAGMA integrity_check(1)")
                .mapTo(String.class)
                .one();
        if (!found.equals(SOUND)) {
            throw new DatabaseUnavailableException(file + " is damaged", new SQLException(found));
        }
    }

    /** The version of a database's tables, compared with that of this program. */
    public sealed interface Version {
        /** The same. */
        record Current() implements Version {}

        /** Of an older program. */
        record Older(int migrations) implements Version {}

        /** Of a newer program. */
        record Newer() implements Version {}
    }

    /** The version of a database's tables. */
    public static Version version(Path file) {
        var source = new SQLiteDataSource(readOnly());
        source.setUrl(url(file));
        var known = Database.migrations(source).info();
        boolean newer =
                Arrays.stream(known.applied()).anyMatch(applied -> applied.getState() == MigrationState.FUTURE_SUCCESS);
        return newer
                ? new Version.Newer()
                : known.pending().length == 0 ? new Version.Current() : new Version.Older(known.pending().length);
    }

    /** Whether other users of the machine can read a file, where the file system knows that. */
    public static boolean isReadableByOthers(Path file) throws IOException {
        return OwnerOnly.isViolatedBy(file);
    }

    /** A file without a write-ahead log is in nobody's use: read so, it gets no files beside it. */
    private static String url(Path file) {
        boolean unused = !Files.exists(file.resolveSibling(file.getFileName() + "-wal"));
        return Database.PREFIX + (unused ? file.toAbsolutePath().toUri() + "?immutable=1" : file);
    }

    private static SQLiteConfig readOnly() {
        var config = new SQLiteConfig();
        config.setReadOnly(true);
        config.setBusyTimeout(Database.BUSY_TIMEOUT_MILLIS);
        return config;
    }

    /** Counts what a database contains. */
    public static Size size(Handle handle) {
        return handle.createQuery("""
                        SELECT (SELECT count(*) FROM message) AS messages, count(*) AS users FROM (
                            SELECT user_id FROM thread
                            UNION SELECT user_id FROM model_config
                            UNION SELECT user_id FROM api_key
                            UNION SELECT user_id FROM personal_token)
                        """)
                .map((row, _) -> new Size(row.getLong("users"), row.getLong("messages")))
                .one();
    }
}

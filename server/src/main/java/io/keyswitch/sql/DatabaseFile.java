package io.keyswitch.sql;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.function.Function;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** Reads an SQLite database, whose integrity it checks. */
final class DatabaseFile implements StoredDatabase {
    private static final String SOUND = "ok";

    private static final String UNREADABLE = " cannot be read as a database";

    private final Path file;

    DatabaseFile(Path file) {
        this.file = file;
    }

    @Override
    public boolean exists() {
        return Files.exists(file);
    }

    /**
     * Checks the integrity of the file, then runs a query.
     *
     * @throws DatabaseUnavailableException if the file cannot be read, is damaged, or has not the tables of this version
     */
    @Override
    public <T extends @Nullable Object> T read(Function<Handle, T> query) {
        var config = readOnly();
        var jdbi = Jdbi.create(() -> config.createConnection(url())).registerArgument(new ValueArguments());
        try (var handle = jdbi.open()) {
            requireSound(handle);
            // One snapshot for all queries.
            return handle.inTransaction(query::apply);
        } catch (JdbiException e) {
            throw new DatabaseUnavailableException(file + UNREADABLE, e);
        }
    }

    private void requireSound(Handle handle) {
        var found = handle.createQuery("PRAGMA integrity_check(1)")
                .mapTo(String.class)
                .one();
        if (!found.equals(SOUND)) {
            throw new DatabaseUnavailableException(file + " is damaged", new SQLException(found));
        }
    }

    @Override
    public Version version() {
        var source = new SQLiteDataSource(readOnly());
        source.setUrl(url());
        try {
            return StoredDatabase.version(SqliteDatabase.migrations(source));
        } catch (FlywayException e) {
            throw new DatabaseUnavailableException(file + UNREADABLE, e);
        }
    }

    /** A file without a write-ahead log is not open anywhere: read as immutable, SQLite creates no other files for it. */
    private String url() {
        boolean unused = !Files.exists(file.resolveSibling(file.getFileName() + "-wal"));
        return SqliteDatabase.url(unused ? file.toAbsolutePath().toUri() + "?immutable=1" : file);
    }

    private static SQLiteConfig readOnly() {
        var config = new SQLiteConfig();
        config.setReadOnly(true);
        config.setBusyTimeout(SqliteDatabase.BUSY_TIMEOUT_MILLIS);
        return config;
    }
}

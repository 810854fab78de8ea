package io.keyswitch.sql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** Reads an SQLite database. */
final class DatabaseFile implements StoredDatabase {
    private static final String SOUND = "ok";

    private static final String UNREADABLE = " cannot be read as a database";
    private static final String GIVE_RIGHTS = "change its owner or mode, or run this as the user that serve runs as";

    private final Path file;

    DatabaseFile(Path file) {
        this.file = file;
    }

    @Override
    public boolean exists() {
        return Files.exists(file);
    }

    /**
     * Runs a query on one snapshot of the file.
     *
     * @throws DatabaseUnavailableException if the file cannot be read, or has not the tables of this version
     */
    @Override
    public <T extends @Nullable Object> T read(Function<Handle, T> query) {
        boolean unused = isUnused();
        var config = readOnly();
        var jdbi = Jdbi.create(() -> config.createConnection(url(unused))).registerArgument(new ValueArguments());
        T found;
        try (var handle = jdbi.open()) {
            found = handle.inTransaction(query::apply);
        } catch (JdbiException e) {
            requireStillUnused(unused);
            throw new DatabaseUnavailableException(
                    Files.isReadable(file) ? file + UNREADABLE : "this user may not read " + file, e);
        }
        requireStillUnused(unused);
        return found;
    }

    /** What was read as immutable while a server opened the file may be neither its old nor its new content. */
    private void requireStillUnused(boolean unused) {
        if (unused && !isUnused()) {
            throw new DatabaseInUseException(file + " was opened by a server while it was read: run this again");
        }
    }

    @Override
    public List<String> obstacles() {
        return obstacles(Files::isWritable);
    }

    /** @param writable whether this user may write to a file or create files in a directory */
    List<String> obstacles(Predicate<Path> writable) {
        var real = real();
        var directory = Objects.requireNonNull(real.getParent());
        if (!Files.isDirectory(directory)) {
            return List.of("The directory %s does not exist: create it".formatted(directory));
        }
        var found = new ArrayList<String>();
        if (!writable.test(directory)) {
            found.add("This user may not create files in %s, and SQLite needs some beside the database: %s"
                    .formatted(directory, GIVE_RIGHTS));
        }
        Stream.concat(SqliteFile.SUFFIXES.stream(), Stream.of(ProcessLock.SUFFIX))
                .map(suffix -> SqliteFile.beside(real, suffix))
                .filter(written -> Files.exists(written) && !writable.test(written))
                .forEach(written -> found.add("This user may not write to %s: %s".formatted(written, GIVE_RIGHTS)));
        return List.copyOf(found);
    }

    private Path real() {
        try {
            return SqliteFile.real(file);
        } catch (IOException _) {
            return file.toAbsolutePath();
        }
    }

    @Override
    public void requireSound() {
        var found = read(handle -> handle.createQuery("PRAGMA integrity_check(1)")
                .mapTo(String.class)
                .one());
        if (!found.equals(SOUND)) {
            throw new DatabaseUnavailableException(file + " is damaged", new SQLException(found));
        }
    }

    @Override
    public long bytes(Handle handle) {
        return handle.createQuery("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
                .mapTo(Long.class)
                .one();
    }

    @Override
    public Version version() {
        var source = new SQLiteDataSource(readOnly());
        source.setUrl(url(isUnused()));
        try {
            return StoredDatabase.version(SqliteDatabase.migrations(source));
        } catch (FlywayException e) {
            throw new DatabaseUnavailableException(file + UNREADABLE, e);
        }
    }

    /** Whether the file is not open anywhere: it has no write-ahead log. */
    private boolean isUnused() {
        return !Files.exists(SqliteFile.writeAheadLog(real()));
    }

    /** Read as immutable, SQLite creates no other files for an unused one. */
    private String url(boolean unused) {
        return SqliteDatabase.url(unused ? file.toAbsolutePath().toUri() + "?immutable=1" : file);
    }

    private static SQLiteConfig readOnly() {
        var config = new SQLiteConfig();
        config.setReadOnly(true);
        config.setBusyTimeout(SqliteDatabase.BUSY_TIMEOUT_MILLIS);
        return config;
    }
}

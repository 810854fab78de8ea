package io.keyswitch.sql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.util.Properties;
import java.util.function.Function;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * An embedded SQLite database in WAL mode with {@code synchronous=FULL}: a returned commit survives a power failure.
 * Reads run concurrently, writes go through one {@link GroupCommitWriter}. Blocking; thread-safe.
 */
final class SqliteDatabase implements Database {
    private static final String PREFIX = "jdbc:sqlite:";
    static final int BUSY_TIMEOUT_MILLIS = 5000;
    private static final int READ_CONNECTIONS = 4;
    private static final long FOR_EVER = 0;

    /**
     * Keeps one connection open, because SQLite deletes and later recreates the write-ahead log when the last one
     * closes.
     */
    private final Handle keeper;

    private final HikariDataSource readers;
    private final HikariDataSource writing;
    private final Jdbi read;
    private final RefusalLog log = new RefusalLog();
    private final GroupCommitWriter writer;

    private SqliteDatabase(HikariDataSource readers, HikariDataSource writing, SqliteFile file) {
        this.readers = readers;
        this.writing = writing;
        this.read = jdbi(readers);
        this.keeper = read.open();
        keeper.createQuery("SELECT count(*) FROM sqlite_master")
                .mapTo(Integer.class)
                .one();
        file.remember();
        this.writer = new GroupCommitWriter(jdbi(writing), file);
    }

    private static Jdbi jdbi(HikariDataSource pool) {
        return Jdbi.create(pool).registerArgument(new ValueArguments());
    }

    static Database open(Path path) {
        HikariDataSource writing = null;
        HikariDataSource readers = null;
        try {
            var file = SqliteFile.of(path);
            writing = pool(path, "writer", 1);
            if (!Migrations.areDone(writing::getConnection)) {
                migrations(writing).migrate();
            }
            readers = pool(path, "readers", READ_CONNECTIONS + 1);
            return new SqliteDatabase(readers, writing, file);
        } catch (RuntimeException e) {
            closeQuietly(writing);
            closeQuietly(readers);
            throw new DatabaseUnavailableException(
                    "database.url cannot be opened (its directory must exist and be writable)", e);
        }
    }

    static Flyway migrations(DataSource source) {
        return Migrations.of(source, "db-sqlite", null);
    }

    static String url(Object file) {
        return PREFIX + file;
    }

    private static void closeQuietly(@Nullable HikariDataSource pool) {
        if (pool != null) {
            pool.close();
        }
    }

    private static HikariDataSource pool(Path path, String name, int size) {
        var sqlite = new Properties();
        sqlite.setProperty("journal_mode", "WAL");
        sqlite.setProperty("synchronous", "FULL");
        sqlite.setProperty("busy_timeout", String.valueOf(BUSY_TIMEOUT_MILLIS));
        sqlite.setProperty("foreign_keys", "true");
        sqlite.setProperty("secure_delete", "true");
        var config = new HikariConfig();
        config.setJdbcUrl(url(path));
        config.setDataSourceProperties(sqlite);
        config.setPoolName(name);
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(1);
        config.setMaxLifetime(FOR_EVER);
        config.setInitializationFailTimeout(1);
        return new HikariDataSource(config);
    }

    @Override
    public <T extends @Nullable Object> T read(Function<Handle, T> query) {
        try (var handle = read.open()) {
            return query.apply(handle);
        } catch (JdbiException e) {
            log.readFailed(e);
            throw new DatabaseUnavailableException("the database could not be read", e);
        }
    }

    @Override
    public <T extends @Nullable Object> T write(Function<Handle, T> change) {
        return writer.write(change);
    }

    @Override
    public void requireWritable() {
        // Writes a page, so that a full disk is noticed.
        write(handle -> handle.execute("PRAGMA user_version = 0"));
    }

    /**
     * SQLite overwrites the data in its page, and the write-ahead log, which may contain older copies of the page, is
     * truncated. If a reader prevents that, it is retried until the reader has finished.
     */
    @Override
    public <T extends @Nullable Object> T erase(Function<Handle, T> change) {
        return writer.erase(change);
    }

    @Override
    public boolean isShared() {
        return false;
    }

    @Override
    public void close() {
        writer.close();
        keeper.close();
        readers.close();
        writing.close();
    }
}

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
public final class Database implements AutoCloseable {
    static final String PREFIX = "jdbc:sqlite:";
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

    private Database(HikariDataSource readers, HikariDataSource writing, SqliteFile file) {
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

    /**
     * Opens a database, creating or migrating its tables.
     *
     * @throws DatabaseUnavailableException if it cannot be opened
     */
    public static Database open(String jdbcUrl) {
        HikariDataSource writing = null;
        HikariDataSource readers = null;
        try {
            var file = SqliteFile.of(jdbcUrl);
            writing = pool(jdbcUrl, "writer", 1);
            migrations(writing).migrate();
            readers = pool(jdbcUrl, "readers", READ_CONNECTIONS + 1);
            return new Database(readers, writing, file);
        } catch (RuntimeException e) {
            closeQuietly(writing);
            closeQuietly(readers);
            throw new DatabaseUnavailableException(
                    "database.url cannot be opened (its directory must exist and be writable)", e);
        }
    }

    static Flyway migrations(DataSource source) {
        return Flyway.configure()
                .dataSource(source)
                .locations("classpath:db", "classpath:db-sqlite")
                .loggers("slf4j")
                .load();
    }

    /** The file of a database. */
    public static Path file(String jdbcUrl) {
        return SqliteFile.path(jdbcUrl);
    }

    private static void closeQuietly(@Nullable HikariDataSource pool) {
        if (pool != null) {
            pool.close();
        }
    }

    private static HikariDataSource pool(String jdbcUrl, String name, int size) {
        var sqlite = new Properties();
        sqlite.setProperty("journal_mode", "WAL");
        sqlite.setProperty("synchronous", "FULL");
        sqlite.setProperty("busy_timeout", String.valueOf(BUSY_TIMEOUT_MILLIS));
        sqlite.setProperty("foreign_keys", "true");
        sqlite.setProperty("secure_delete", "true");
        var config = new HikariConfig();
        config.setJdbcUrl(jdbcUrl);
        config.setDataSourceProperties(sqlite);
        config.setPoolName(name);
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(1);
        config.setMaxLifetime(FOR_EVER);
        config.setInitializationFailTimeout(1);
        return new HikariDataSource(config);
    }

    /**
     * Runs a query.
     *
     * @throws DatabaseUnavailableException if the query fails
     */
    public <T extends @Nullable Object> T read(Function<Handle, T> query) {
        try (var handle = read.open()) {
            return query.apply(handle);
        } catch (JdbiException e) {
            log.readFailed(e);
            throw new DatabaseUnavailableException("the database could not be read", e);
        }
    }

    /**
     * Runs a change atomically. When this returns, the change is on disk.
     *
     * @throws DatabaseUnavailableException if it could not be stored
     */
    public <T extends @Nullable Object> T write(Function<Handle, T> change) {
        return writer.write(change);
    }

    /**
     * Checks that changes can be stored.
     *
     * @throws DatabaseUnavailableException if not
     */
    public void requireWritable() {
        // A statement that changes nothing takes the lock of one that does.
        write(handle -> handle.execute("DELETE FROM flyway_schema_history WHERE installed_rank < 0"));
    }

    /**
     * Runs a change like {@link #write} and erases the data that it deletes or replaces: SQLite overwrites it in its
     * page, and the write-ahead log, which may contain older copies of the page, is truncated. If a reader prevents
     * that, it is retried until the reader has finished.
     *
     * @throws DatabaseUnavailableException if it could not be stored
     */
    public <T extends @Nullable Object> T erase(Function<Handle, T> change) {
        return writer.erase(change);
    }

    @Override
    public void close() {
        writer.close();
        keeper.close();
        readers.close();
        writing.close();
    }
}

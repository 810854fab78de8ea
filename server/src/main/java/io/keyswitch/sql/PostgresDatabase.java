package io.keyswitch.sql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL database, or one that speaks its protocol and dialect. Changes run in transactions of isolation {@code READ
 * COMMITTED} or stronger, each on a connection of its own. While the server is away, calls fail within seconds.
 */
final class PostgresDatabase implements Database {
    /** A server that takes longer to accept a connection counts as one that is away. */
    private static final Duration CONNECTED_WITHIN = Duration.ofSeconds(2);

    /** How long to wait while all connections are in use: many messages at once are late, and not refused. */
    private static final Duration FREE_WITHIN = Duration.ofSeconds(10);

    /** A statement that takes longer is given up, so that a server that hangs counts as one that is away. */
    private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(10);

    /** Conflicts with other transactions are solved by running a change again. */
    private static final int ATTEMPTS = 5;

    /** Another transaction was in the way: a serialization failure, or a deadlock. */
    private static final Set<String> ROLLED_BACK = Set.of("40001", "40P01");

    private static final Duration PAUSE = Duration.ofMillis(20);

    private final HikariDataSource pool;
    private final Jdbi jdbi;
    private final RefusalLog log = new RefusalLog();
    private volatile boolean away;

    private PostgresDatabase(HikariDataSource pool) {
        this.pool = pool;
        this.jdbi = Jdbi.create(this::connection).registerArgument(new ValueArguments());
    }

    static Database open(DatabaseLocation.Server server) {
        HikariDataSource pool = null;
        try {
            try (var patient = pool(server, Use.MIGRATING)) {
                if (!Migrations.areDone(patient::getConnection)) {
                    migrations(patient, server).migrate();
                }
            }
            pool = pool(server, Use.SERVING);
            return new PostgresDatabase(pool);
        } catch (RuntimeException e) {
            if (pool != null) {
                pool.close();
            }
            throw unreachable(server, e);
        }
    }

    static DatabaseUnavailableException unreachable(DatabaseLocation.Server server, RuntimeException cause) {
        return new DatabaseUnavailableException(
                "the database at %s cannot be opened: %s".formatted(server, sqlCause(cause)), cause);
    }

    /** What the server or the driver said first; it names no values. */
    private static String sqlCause(Throwable failure) {
        var found = failure;
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            found = cause instanceof SQLException ? cause : found;
        }
        return String.valueOf(found.getMessage());
    }

    static Flyway migrations(HikariDataSource pool, DatabaseLocation.Server server) {
        return Migrations.of(pool, "db-postgresql", server.schema());
    }

    /** What a pool is for. */
    enum Use {
        SERVING(1),
        /** Without a timeout of queries. One connection holds the lock while another changes the tables. */
        MIGRATING(2),
        /** The same, and changes nothing: one snapshot for all queries, of which large results are read bit by bit. */
        READING(1);

        private final int connections;

        Use(int connections) {
            this.connections = connections;
        }
    }

    static HikariDataSource pool(DatabaseLocation.Server server, Use use) {
        var driver = new Properties();
        driver.setProperty("ApplicationName", "keyswitch");
        driver.setProperty("tcpKeepAlive", "true");
        driver.setProperty("connectTimeout", seconds(CONNECTED_WITHIN));
        driver.setProperty("socketTimeout", use == Use.SERVING ? seconds(ANSWERED_WITHIN) : "0");
        var config = new HikariConfig();
        config.setJdbcUrl(server.url());
        config.setUsername(server.user());
        config.setPassword(server.password());
        config.setSchema(server.schema());
        config.setDataSourceProperties(driver);
        config.setPoolName("postgresql");
        config.setMaximumPoolSize(Math.max(server.connections(), use.connections));
        if (use == Use.READING) {
            config.setReadOnly(true);
            config.setAutoCommit(false);
            config.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
        }
        config.setMinimumIdle(1);
        config.setConnectionTimeout(CONNECTED_WITHIN.toMillis());
        config.setValidationTimeout(CONNECTED_WITHIN.toMillis() / 2);
        return new HikariDataSource(config);
    }

    /**
     * A connection of the pool, which gives up early: that is right when the server is away; while it is only busy, the wait goes
     * on. Once it is away, nobody waits until the pool, which tries on, has a connection again.
     */
    private Connection connection() throws SQLException {
        if (away && hasNone()) {
            throw new SQLTransientConnectionException("the server could not be reached");
        }
        long start = System.nanoTime();
        while (true) {
            try {
                var connection = pool.getConnection();
                away = false;
                return connection;
            } catch (SQLTransientConnectionException e) {
                away = hasNone();
                if (away || System.nanoTime() - start > FREE_WITHIN.toNanos()) {
                    throw e;
                }
            }
        }
    }

    private boolean hasNone() {
        return pool.getHikariPoolMXBean().getTotalConnections() == 0;
    }

    private static String seconds(Duration duration) {
        return Long.toString(duration.toSeconds());
    }

    /** A broken connection is found out by its use, so a query is repeated once on another. */
    @Override
    public <T extends @Nullable Object> T read(Function<Handle, T> query) {
        try {
            return repeated(2, PostgresDatabase::isConnectionBroken, () -> jdbi.withHandle(query::apply));
        } catch (JdbiException e) {
            log.readFailed(e);
            throw new DatabaseUnavailableException("the database could not be read", e);
        }
    }

    @Override
    public <T extends @Nullable Object> T write(Function<Handle, T> change) {
        return stored(PostgresDatabase::isRolledBack, () -> jdbi.inTransaction(change::apply));
    }

    private <T extends @Nullable Object> T stored(Predicate<String> again, Supplier<T> change) {
        try {
            return repeated(ATTEMPTS, again, change);
        } catch (JdbiException e) {
            log.changeRefused(e);
            throw new DatabaseUnavailableException("the change could not be stored", e);
        }
    }

    private static <T extends @Nullable Object> T repeated(int attempts, Predicate<String> again, Supplier<T> work) {
        for (int left = attempts - 1; ; left--) {
            try {
                return work.get();
            } catch (JdbiException e) {
                if (left == 0 || !again.test(sqlState(e))) {
                    throw e;
                }
                pause();
            }
        }
    }

    /** Of random length, so that two conflicting transactions do not collide again. */
    private static void pause() {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(PAUSE.toMillis()));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static String sqlState(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return sql.getSQLState();
            }
        }
        return "";
    }

    private static boolean isRolledBack(String sqlState) {
        return ROLLED_BACK.contains(sqlState);
    }

    /** The connection was lost, or the server ended it because it stops. */
    private static boolean isConnectionBroken(String sqlState) {
        return sqlState.startsWith("08") || sqlState.startsWith("57P");
    }

    /** PostgreSQL overwrites deleted rows when they are vacuumed, and its log when that is recycled. */
    @Override
    public <T extends @Nullable Object> T erase(Function<Handle, T> change) {
        return write(change);
    }

    @Override
    public void requireWritable() {
        // Committed with the statement: a process that stops in between would keep the row from the others.
        stored(
                state -> isRolledBack(state) || isConnectionBroken(state),
                () -> jdbi.withHandle(handle ->
                        handle.execute("UPDATE flyway_schema_history SET success = success WHERE installed_rank = 1")));
    }

    @Override
    public boolean isShared() {
        return true;
    }

    @Override
    public void close() {
        pool.close();
    }
}

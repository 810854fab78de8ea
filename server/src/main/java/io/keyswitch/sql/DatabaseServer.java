package io.keyswitch.sql;

import com.zaxxer.hikari.HikariDataSource;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Reads a PostgreSQL database. */
final class DatabaseServer implements StoredDatabase {
    private final DatabaseLocation.Server server;

    DatabaseServer(DatabaseLocation.Server server) {
        this.server = server;
    }

    @Override
    public boolean exists() {
        return connected(
                pool -> PostgresDatabase.migrations(pool, server).info().applied().length > 0);
    }

    @Override
    public Version version() {
        return connected(pool -> StoredDatabase.version(PostgresDatabase.migrations(pool, server)));
    }

    @Override
    public <T extends @Nullable Object> T read(Function<Handle, T> query) {
        return connected(
                pool -> Jdbi.create(pool).registerArgument(new ValueArguments()).withHandle(query::apply));
    }

    private <T extends @Nullable Object> T connected(Function<HikariDataSource, T> work) {
        try (var pool = PostgresDatabase.pool(server, PostgresDatabase.Use.READING)) {
            return work.apply(pool);
        } catch (RuntimeException e) {
            throw PostgresDatabase.unreachable(server, e);
        }
    }
}

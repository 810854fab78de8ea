package io.keyswitch.sql;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Reads a PostgreSQL database. */
final class DatabaseServer implements StoredDatabase {
    /** The tables whose rows are changed and deleted; those of the audit log are only added. */
    private static final List<String> CHANGED = List.of(
            "api_key",
            "call_signature",
            "daily_use",
            "earlier_model_config",
            "held_key",
            "message",
            "model_change",
            "model_config",
            "model_config_revision",
            "node",
            "personal_token",
            "request_rate",
            "thread");

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

    @Override
    public void examine() {
        var forbidden = read(handle -> handle.createQuery("""
                        SELECT string_agg(c.relname, ', ' ORDER BY c.relname) FROM pg_class c
                        WHERE c.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema())
                          AND c.relname IN (<changed>, 'audit_event')
                          AND NOT (has_table_privilege(c.oid, 'SELECT') AND has_table_privilege(c.oid, 'INSERT')
                              AND (c.relname = 'audit_event'
                                  OR has_table_privilege(c.oid, 'UPDATE') AND has_table_privilege(c.oid, 'DELETE')))
                        """)
                .bindList("changed", CHANGED)
                .mapTo(String.class)
                .one());
        if (forbidden != null) {
            throw new DatabaseUnavailableException(
                    "the user of the database at %s may not read and change these tables: %s"
                            .formatted(server, forbidden),
                    new SQLException("a right is missing"));
        }
    }

    @Override
    public long bytes(Handle handle) {
        return handle.createQuery("""
                        SELECT coalesce(sum(pg_total_relation_size(c.oid)), 0) FROM pg_class c
                        WHERE c.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema())
                          AND c.relname IN (<changed>, 'audit_event')
                        """)
                .bindList("changed", CHANGED)
                .mapTo(Long.class)
                .one();
    }

    private <T extends @Nullable Object> T connected(Function<HikariDataSource, T> work) {
        try (var pool = PostgresDatabase.pool(server, PostgresDatabase.Use.READING)) {
            return work.apply(pool);
        } catch (RuntimeException e) {
            throw PostgresDatabase.unreachable(server, e);
        }
    }
}

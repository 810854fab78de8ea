package io.keyswitch.sql;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
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

    /**
     * What the user of the database may not do.
     *
     * @param readsOnly change anything: the server is a standby, or opens sessions for reading
     * @param createsNothing create a table, or the schema if there is none
     * @param hasSchema whether there is a schema for the tables
     * @param unchangeable the tables that it may not read and change, separated by commas
     * @param ofOthers the tables that it may not alter, as another user owns them
     */
    private record Rights(
            boolean readsOnly,
            boolean createsNothing,
            boolean hasSchema,
            @Nullable String unchangeable,
            @Nullable String ofOthers) {
        static Rights of(ResultSet row) throws SQLException {
            return new Rights(
                    row.getBoolean("reads_only"),
                    row.getBoolean("creates_nothing"),
                    row.getBoolean("has_schema"),
                    row.getString("unchangeable"),
                    row.getString("of_others"));
        }
    }

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
    public List<String> obstacles() {
        var rights = rights();
        var found = new ArrayList<String>();
        if (rights.readsOnly()) {
            found.add(
                    "The database at %s can only be read: it is a standby, or default_transaction_read_only is on: name the primary in database.url"
                            .formatted(server));
        }
        if (rights.unchangeable() != null) {
            found.add(
                    "The user of the database at %s may not read and change these tables: %s: grant it SELECT, INSERT, UPDATE and DELETE"
                            .formatted(server, rights.unchangeable()));
        }
        if (version() instanceof Version.Older) {
            found.addAll(obstaclesToMigration(rights));
        }
        return List.copyOf(found);
    }

    private List<String> obstaclesToMigration(Rights rights) {
        var found = new ArrayList<String>();
        if (rights.createsNothing()) {
            found.add("The user of the database at %s may not create tables: grant it CREATE on the %s"
                    .formatted(server, rights.hasSchema() ? "schema of the tables" : "database"));
        }
        if (rights.ofOthers() != null) {
            found.add(
                    "The user of the database at %s does not own these tables, so that serve cannot migrate them: %s: make it their owner"
                            .formatted(server, rights.ofOthers()));
        }
        return found;
    }

    private Rights rights() {
        // The sessions of this class are read-only, so that their own setting says nothing. A missing schema will be
        // created.
        return read(handle -> handle.createQuery("""
                        WITH stored AS (
                            SELECT c.oid, c.relname, c.relowner FROM pg_class c
                            WHERE c.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema())
                              AND c.relname IN (<changed>, 'audit_event', 'flyway_schema_history'))
                        SELECT
                            pg_is_in_recovery() OR EXISTS (
                                SELECT 1 FROM pg_settings
                                WHERE name = 'default_transaction_read_only' AND reset_val = 'on') AS reads_only,
                            NOT CASE WHEN current_schema() IS NULL THEN has_database_privilege(current_database(), 'CREATE')
                                ELSE has_schema_privilege(current_schema(), 'CREATE') END AS creates_nothing,
                            current_schema() IS NOT NULL AS has_schema,
                            (SELECT string_agg(relname, ', ' ORDER BY relname) FROM stored
                                WHERE NOT (has_table_privilege(oid, 'SELECT') AND has_table_privilege(oid, 'INSERT')
                                    AND (relname = 'audit_event' OR has_table_privilege(oid, 'UPDATE'))
                                    AND (relname IN ('audit_event', 'flyway_schema_history')
                                        OR has_table_privilege(oid, 'DELETE')))
                            ) AS unchangeable,
                            (SELECT string_agg(relname, ', ' ORDER BY relname) FROM stored
                                WHERE NOT pg_has_role(relowner, 'USAGE')) AS of_others
                        """)
                .bindList("changed", CHANGED)
                .map((row, _) -> Rights.of(row))
                .one());
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

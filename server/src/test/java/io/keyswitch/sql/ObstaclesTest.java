package io.keyswitch.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.testing.TestDatabase;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What would keep serve from using a database that can be read. */
@Timeout(120)
class ObstaclesTest {
    @SuppressWarnings("NullAway.Init")
    private static EmbeddedPostgres server;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @BeforeAll
    static void start() throws IOException {
        server = EmbeddedPostgres.start();
        TestDatabase.createUser(server);
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    private static List<String> obstacles(TestDatabase database) {
        return StoredDatabase.at(database.location()).obstacles();
    }

    @Test
    void aFileThatCanBeCreatedOrServedHasNone() {
        var database = TestDatabase.sqlite(directory);
        assertThat(obstacles(database)).isEmpty();
        try (var _ = database.open()) {
            assertThat(obstacles(database)).isEmpty();
        }
        assertThat(obstacles(database)).isEmpty();
    }

    @Test
    void theDirectoryOfAFileMustExist() {
        var missing = directory.resolve("missing");
        assertThat(obstacles(TestDatabase.sqlite(missing)))
                .containsExactly("The directory " + missing + " does not exist: create it");
    }

    @Test
    void aFileAndItsDirectoryMustBeWritable() throws IOException {
        var database = TestDatabase.sqlite(directory);
        try (var _ = database.open()) {}
        var linked = Files.createSymbolicLink(directory.resolve("linked.db"), database.file());
        var real = database.file().toRealPath();
        for (var file : List.of(real, linked)) {
            assertThat(new DatabaseFile(file).obstacles(_ -> false))
                    .hasSize(2)
                    .anyMatch(one -> one.startsWith("This user may not create files in " + real.getParent()))
                    .anyMatch(one -> one.startsWith("This user may not write to " + real));
        }
    }

    @Test
    void onPostgresqlTheUserMustBeAbleToCreateMigrateAndChange() throws SQLException {
        var database = TestDatabase.on(server);
        assertThat(obstacles(database)).isEmpty();

        TestDatabase.execute(server, "REVOKE ALL ON DATABASE postgres FROM keyswitch");
        assertThat(obstacles(database))
                .singleElement()
                .asString()
                .endsWith("may not create tables: grant it CREATE on the database");
        TestDatabase.execute(server, "GRANT ALL ON DATABASE postgres TO keyswitch");

        try (var _ = database.open()) {}
        assertThat(obstacles(database)).isEmpty();

        TestDatabase.execute(server, "ALTER ROLE keyswitch SET default_transaction_read_only = on");
        assertThat(obstacles(database)).singleElement().asString().contains("can only be read: it is a standby, or");
        TestDatabase.execute(server, "ALTER ROLE keyswitch RESET default_transaction_read_only");

        TestDatabase.execute(server, "REVOKE UPDATE ON ALL TABLES IN SCHEMA keyswitch FROM keyswitch");
        assertThat(obstacles(database))
                .singleElement()
                .asString()
                .contains("may not read and change these tables: " + String.join(", ", changedTables()) + ": grant it");
        TestDatabase.execute(server, "GRANT UPDATE ON ALL TABLES IN SCHEMA keyswitch TO keyswitch");

        TestDatabase.execute(
                server,
                "DELETE FROM keyswitch.flyway_schema_history WHERE script = '" + Migrations.NEWEST + "'",
                "ALTER TABLE keyswitch.thread OWNER TO postgres",
                "GRANT ALL ON keyswitch.thread TO keyswitch",
                "ALTER SCHEMA keyswitch OWNER TO postgres",
                "GRANT USAGE ON SCHEMA keyswitch TO keyswitch");
        assertThat(obstacles(database))
                .hasSize(2)
                .anyMatch(one -> one.endsWith("grant it CREATE on the schema of the tables"))
                .anyMatch(one -> one.contains("cannot migrate them: thread: make it their owner"));
    }

    /** Every table but the audit log, to which rows are only added. */
    private static List<String> changedTables() throws SQLException {
        var found = new ArrayList<String>();
        try (var connection = server.getPostgresDatabase().getConnection();
                var tables = connection.createStatement().executeQuery("""
                        SELECT tablename FROM pg_tables WHERE schemaname = 'keyswitch'
                        AND tablename <> 'audit_event' ORDER BY tablename
                        """)) {
            while (tables.next()) {
                found.add(tables.getString(1));
            }
        }
        return found;
    }
}

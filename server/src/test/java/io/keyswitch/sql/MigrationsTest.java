package io.keyswitch.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.flywaydb.core.api.MigrationVersion;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When Flyway is left out of a start. */
@Tag("database")
class MigrationsTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private TestDatabase database;

    @BeforeEach
    void create() {
        database = TestDatabase.in(directory);
    }

    @Test
    void theNewestStepIsKnown() throws IOException {
        var scripts = new ArrayList<String>();
        for (var kind : List.of("db", "db-sqlite", "db-postgresql")) {
            try (var files = Files.list(Path.of("server/src/main/resources", kind))) {
                files.map(file -> file.getFileName().toString()).forEach(scripts::add);
            }
        }
        assertThat(scripts).hasSizeGreaterThan(14);
        assertThat(Collections.max(scripts, Comparator.comparing(MigrationsTest::version)))
                .isEqualTo(Migrations.NEWEST);
    }

    private static MigrationVersion version(String script) {
        return MigrationVersion.fromVersion(script.substring(1, script.indexOf("__")));
    }

    @Test
    void onlyTheNewestStepAsTheLastOneThatSucceededLeavesNoneToRun() throws SQLException {
        assertThat(areDone()).isFalse();
        try (var _ = database.open()) {
            assertThat(areDone()).isTrue();
            change("UPDATE flyway_schema_history SET success = (1 = 0) WHERE script = '" + Migrations.NEWEST + "'");
            assertThat(areDone()).isFalse();
            change("DELETE FROM flyway_schema_history WHERE script = '" + Migrations.NEWEST + "'");
            assertThat(areDone()).isFalse();
            change(
                    "INSERT INTO flyway_schema_history (installed_rank, version, description, type, script, installed_by,"
                            + " execution_time, success) VALUES (99, '99', 'later', 'SQL', 'V99__later.sql', '', 1, (1 = 1))");
            assertThat(areDone()).isFalse();
        }
    }

    private boolean areDone() {
        return Migrations.areDone(database::connect);
    }

    private void change(String sql) throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }
}

package io.keyswitch.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
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
        assertThat(Collections.max(steps())).hasToString(Migrations.NEWEST);
    }

    private static List<Integer> steps() throws IOException {
        try (var files = Files.list(Path.of("server/src/main/resources/db"))) {
            return files.map(file -> file.getFileName().toString())
                    .map(name -> Integer.valueOf(name.substring(1, name.indexOf("__"))))
                    .toList();
        }
    }

    @Test
    void onlyTheNewestStepAsTheLastOneThatSucceededLeavesNoneToRun() throws SQLException {
        assertThat(areDone()).isFalse();
        try (var _ = database.open()) {
            assertThat(areDone()).isTrue();
            change("UPDATE flyway_schema_history SET success = (1 = 0) WHERE version = '" + Migrations.NEWEST + "'");
            assertThat(areDone()).isFalse();
            change("DELETE FROM flyway_schema_history WHERE version = '" + Migrations.NEWEST + "'");
            assertThat(areDone()).isFalse();
            change(
                    "INSERT INTO flyway_schema_history (installed_rank, version, description, type, script, installed_by,"
                            + " execution_time, success) VALUES (99, '99', 'later', 'SQL', 'V99__later.sql', '', 1, (1 = 1))");
            assertThat(areDone()).isFalse();
        }
    }

    private boolean areDone() throws SQLException {
        try (var connection = database.connect()) {
            return Migrations.areDone(connection);
        }
    }

    private void change(String sql) throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }
}

package io.keyswitch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.sql.Database;
import io.keyswitch.sql.DatabaseLocation;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that read a database which another version of Keyswitch has written. */
class OtherVersionTest {
    private static final String LATER =
            "INSERT INTO flyway_schema_history (installed_rank, version, description, type, script,"
                    + " installed_by, execution_time, success) VALUES (99, '99', 'later', 'SQL', 'V99__later.sql', '', 1, 1)";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private Path database;

    private final StringWriter printed = new StringWriter();

    @BeforeEach
    void create() {
        database = directory.resolve("keyswitch.db");
        try (var _ = Database.open(new DatabaseLocation.File(database))) {}
    }

    private void change(String sql) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                var statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    private int run(String command, String... more) throws Exception {
        var settings = Files.writeString(
                directory.resolve("keyswitch.yaml"), "database: {url: 'jdbc:sqlite:%s'}%n".formatted(database));
        var arguments = new ArrayList<>(List.of(command, "--config", settings.toString()));
        arguments.addAll(List.of(more));
        var all = arguments.toArray(String[]::new);
        return KeyswitchCommand.commandLine(
                        (_, _) -> {
                            throw new AssertionError("nothing is to be started");
                        },
                        all)
                .setOut(new PrintWriter(printed, true))
                .setErr(new PrintWriter(printed, true))
                .execute(all);
    }

    private Path exported() {
        return directory.resolve("all.jsonl");
    }

    @Test
    void anOlderDatabaseIsNotExported() throws Exception {
        change("DELETE FROM flyway_schema_history WHERE installed_rank ="
                + " (SELECT max(installed_rank) FROM flyway_schema_history)");
        assertThat(run("export", exported().toString())).isEqualTo(2);
        assertThat(printed.toString())
                .contains("keyswitch: the tables of the database at " + database
                        + " are of an older version: serve migrates it");
        assertThat(exported()).doesNotExist();
    }

    @Test
    void aNewerDatabaseIsNotExported() throws Exception {
        change(LATER);
        assertThat(run("export", exported().toString())).isEqualTo(2);
        assertThat(printed.toString()).contains("are of a newer version: run that version of Keyswitch");
        assertThat(exported()).doesNotExist();
    }

    @Test
    void eventsOfAnUnknownKindArePrinted() throws Exception {
        change(
                "INSERT INTO audit_event (event_id, at, user_id, action) VALUES ('1', 0, 'firebase/p/alice', 'key-shared')");
        assertThat(run("audit")).isZero();
        assertThat(printed.toString()).contains("key-shared");
    }
}

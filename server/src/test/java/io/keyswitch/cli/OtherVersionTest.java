package io.keyswitch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.sql.Database;
import io.keyswitch.sql.DatabaseLocation;
import io.keyswitch.testing.Command;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that read a database which another version of Keyswitch has written. */
class OtherVersionTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private Path database;

    @BeforeEach
    void create() {
        database = directory.resolve("keyswitch.db");
        try (var _ = Database.open(new DatabaseLocation.File(database))) {}
    }

    private Command run(String command, String... more) throws Exception {
        var settings = Files.writeString(
                directory.resolve("keyswitch.yaml"), "database: {url: 'jdbc:sqlite:%s'}%n".formatted(database));
        var arguments = new ArrayList<>(List.of(command, "--config", settings.toString()));
        arguments.addAll(List.of(more));
        return InProcess.run(arguments.toArray(String[]::new));
    }

    private Path exported() {
        return directory.resolve("all.jsonl");
    }

    @Test
    void anOlderDatabaseIsNotExported() throws Exception {
        Migrations.forgetLast(database);
        var command = run("export", exported().toString());
        assertThat(command.exitCode()).isEqualTo(2);
        assertThat(command.err())
                .contains("keyswitch: the tables of the database at " + database
                        + " are of an older version: serve migrates it");
        assertThat(exported()).doesNotExist();
    }

    @Test
    void aNewerDatabaseIsNotExported() throws Exception {
        Migrations.addLater(database);
        var command = run("export", exported().toString());
        assertThat(command.exitCode()).isEqualTo(2);
        assertThat(command.err()).contains("are of a newer version: run that version of Keyswitch");
        assertThat(exported()).doesNotExist();
    }

    @Test
    void eventsOfAnUnknownKindArePrinted() throws Exception {
        Migrations.change(
                database,
                "INSERT INTO audit_event (event_id, at, user_id, action) VALUES ('1', 0, 'firebase/p/alice', 'key-shared')");
        assertThat(run("audit").out()).contains("key-shared");
    }
}

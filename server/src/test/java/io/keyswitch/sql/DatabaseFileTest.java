package io.keyswitch.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that a link leads to: SQLite keeps its other files beside the database itself. */
class DatabaseFileTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private DatabaseLocation link;

    @BeforeEach
    void linkToADatabase() throws Exception {
        var real = Files.createDirectory(directory.resolve("real")).resolve("a.db");
        try (var _ = Database.open(new DatabaseLocation.File(real))) {
            assertThat(real).exists();
        }
        var path = directory.resolve("link.db");
        Files.createSymbolicLink(path, real);
        link = new DatabaseLocation.File(path);
    }

    private static void add(Database database, String thread) {
        database.write(handle -> handle.execute(
                "INSERT INTO model_config (user_id, thread_id, provider, model_id, key_source, updated_at)"
                        + " VALUES ('alice', ?, 'groq', 'm-1', 'project', 1)",
                thread));
    }

    private int configs() {
        return StoredDatabase.at(link)
                .read(handle -> handle.createQuery("SELECT count(*) FROM model_config")
                        .mapTo(Integer.class)
                        .one());
    }

    @Test
    void itIsServedAndReadMeanwhile() {
        try (var database = Database.open(link)) {
            add(database, "t1");
            assertThat(configs()).as("still in the write-ahead log").isOne();
            add(database, "t2");
            assertThat(configs()).isEqualTo(2);
        }
        assertThat(configs()).isEqualTo(2);
    }

    @Test
    void nothingIsAcknowledgedOnceItsFilesAreGone() {
        try (var database = Database.open(link)) {
            add(database, "t1");
            assertThat(directory.resolve("real/a.db-wal").toFile().delete()).isTrue();
            assertThatThrownBy(() -> add(database, "t2")).isInstanceOf(DatabaseUnavailableException.class);
        }
    }
}

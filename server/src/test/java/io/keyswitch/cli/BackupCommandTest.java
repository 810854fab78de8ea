package io.keyswitch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.testing.Command;
import io.keyswitch.testing.TestApp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code keyswitch backup} as a process of its own, beside a running server. */
@Timeout(300)
class BackupCommandTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private Command backup(Path database, String file) throws Exception {
        return Command.run(directory, Map.of("KEYSWITCH_DATABASE_URL", "jdbc:sqlite:" + database), "backup", file);
    }

    @Test
    void backupOfARunningServerRestoresItsMessages() throws Exception {
        try (var app = TestApp.start()) {
            app.chat("alice", "t", "remember the canary");
            app.chat("bob", "t", "hello");
            var backup = backup(app.database(), "backup.db");
            assertThat(backup.exitCode()).as(backup.err()).isZero();
            assertThat(backup.out())
                    .contains("backup.db and checked it (users: 2, messages: 4)")
                    .contains("LLM_SETTINGS_ENCRYPTION_KEY")
                    .doesNotContain("canary");
            var file = directory.resolve("backup.db");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            assertThat(directory.resolve("backup.db-wal")).doesNotExist();
            assertThat(directory.resolve("backup.db-shm")).doesNotExist();

            app.call("deleteThread", Map.of("threadId", "t"), "alice");
            app.restartAfter(() -> restore(file, app));
            assertThat(app.call("getThread", Map.of("threadId", "t"), "alice").toString())
                    .contains("remember the canary");
        }
    }

    private static void restore(Path backup, TestApp app) {
        try {
            Files.deleteIfExists(app.directory().resolve("keyswitch.db-wal"));
            Files.deleteIfExists(app.directory().resolve("keyswitch.db-shm"));
            Files.copy(backup, app.database(), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void existingFileIsNotOverwritten() throws Exception {
        try (var app = TestApp.start()) {
            var file = Files.writeString(directory.resolve("backup.db"), "precious");
            var backup = backup(app.database(), "backup.db");
            assertThat(backup.exitCode()).isEqualTo(1);
            assertThat(backup.err()).contains("backup.db exists already");
            assertThat(file).hasContent("precious");
        }
    }

    @Test
    void missingDirectoryIsReported() throws Exception {
        try (var app = TestApp.start()) {
            var backup = backup(app.database(), "none/backup.db");
            assertThat(backup.exitCode()).isEqualTo(1);
            assertThat(backup.err()).contains("none/backup.db cannot be created: its directory does not exist");
        }
    }

    @Test
    void failedBackupLeavesNoFile() throws Exception {
        var damaged = Files.writeString(directory.resolve("damaged.db"), "not a database".repeat(1000));
        var backup = backup(damaged, "backup.db");
        assertThat(backup.exitCode()).isEqualTo(1);
        assertThat(backup.err())
                .contains("keyswitch: " + damaged + " cannot be copied to ")
                .doesNotContain("\tat ");
        assertThat(directory.resolve("backup.db")).doesNotExist();
    }

    @Test
    void missingDatabaseIsReportedAndNotCreated() throws Exception {
        var backup = backup(directory.resolve("none.db"), "backup.db");
        assertThat(backup.exitCode()).isEqualTo(2);
        assertThat(backup.err()).contains("there is no database at");
        assertThat(directory.resolve("none.db")).doesNotExist();
    }
}

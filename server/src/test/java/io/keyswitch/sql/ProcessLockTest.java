package io.keyswitch.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One process at a time serves a file; DemoTest does it with two real ones. */
class ProcessLockTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private Path file(String name) {
        return directory.resolve(name);
    }

    @Test
    void aSecondLockNamesTheProcessThatHoldsTheFirst() {
        try (var _ = ProcessLock.acquire(file("a.db"))) {
            assertThatThrownBy(() -> ProcessLock.acquire(file("a.db")))
                    .isInstanceOf(DatabaseInUseException.class)
                    .hasMessageContaining(directory.resolve("a.db") + " is already served by process "
                            + ProcessHandle.current().pid() + " since ");
            ProcessLock.acquire(file("b.db")).close();
        }
        ProcessLock.acquire(file("a.db")).close();
    }

    @Test
    void aFileLeftByAProcessThatIsGoneIsNoObstacle() throws Exception {
        var left = directory.resolve("a.db.lock");
        Files.writeString(left, "process 4194304999 since 2020-01-01T00:00:00Z, and a longer name than usual");
        try (var _ = ProcessLock.acquire(file("a.db"))) {
            assertThat(Files.readString(left))
                    .startsWith("process " + ProcessHandle.current().pid())
                    .doesNotContain("2020");
        }
    }

    @Test
    void aLinkToADatabaseIsTheSameDatabase() throws Exception {
        Files.createFile(directory.resolve("a.db"));
        Files.createSymbolicLink(directory.resolve("link.db"), directory.resolve("a.db"));
        try (var _ = ProcessLock.acquire(file("a.db"))) {
            assertThatThrownBy(() -> ProcessLock.acquire(file("link.db"))).isInstanceOf(DatabaseInUseException.class);
        }
    }

    @Test
    void onlyItsOwnerCanReadIt() throws Exception {
        try (var _ = ProcessLock.acquire(file("a.db"))) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("a.db.lock"))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void aDirectoryThatDoesNotExistIsReported() {
        assertThatThrownBy(() -> ProcessLock.acquire(file("no/such/a.db")))
                .isInstanceOf(DatabaseUnavailableException.class)
                .hasMessageContaining("directory must exist");
    }
}

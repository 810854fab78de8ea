package io.keyswitch.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyswitch.testing.LogLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Other users of the machine cannot read a database. */
class OwnerOnlyTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r--r--", "rw-r-----", "rw----r--", "rwxrwxrwx"})
    void databaseThatOthersCanReadIsRepairedWithAWarning(String mode) throws Exception {
        var location = new DatabaseLocation.File(directory.resolve("a.db"));
        Database.open(location).close();
        var files = List.of(directory.resolve("a.db"), directory.resolve("a.db-wal"), directory.resolve("a.db-shm"));
        for (var file : files) {
            if (!Files.exists(file)) {
                Files.createFile(file);
            }
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        }
        try (var log = LogLines.of(OwnerOnly.class.getName());
                var _ = Database.open(location)) {
            for (var file : files) {
                assertThat(mode(file)).as(file.toString()).isEqualTo("rw-------");
                assertThat(log.lines()).contains("WARN other users could read " + file + "; its mode is 600 now");
            }
        }
    }

    @Test
    void ownersDatabaseIsOpenedWithoutAWarning() throws Exception {
        var location = new DatabaseLocation.File(directory.resolve("a.db"));
        try (var log = LogLines.of(OwnerOnly.class.getName())) {
            Database.open(location).close();
            Database.open(location).close();
            assertThat(log.lines()).isEmpty();
            assertThat(mode(directory.resolve("a.db"))).isEqualTo("rw-------");
        }
    }

    @Test
    void databaseWhoseModeCannotBeChangedIsRefused() {
        // Not even root can change this mode.
        assertThatThrownBy(() -> Database.open(new DatabaseLocation.File(Path.of("/proc/self/status"))))
                .isInstanceOf(DatabaseUnavailableException.class)
                .rootCause()
                .hasMessageContaining("chmod 600 /proc/self/status");
        assertThatThrownBy(() -> OwnerOnly.repair(Path.of("/proc/self/status")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("chmod 600 /proc/self/status");
    }
}

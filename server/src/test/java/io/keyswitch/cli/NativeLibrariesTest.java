package io.keyswitch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.testing.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeLibrariesTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void withUnpackedLibrariesAServerWritesNothingIntoTheTemporaryDirectory() throws Exception {
        var libraries = directory.resolve("native");
        NativeLibraries.copyTo(libraries);
        assertThat(names(libraries)).contains("libsqlitejdbc.so");
        var temporary = Files.createDirectory(directory.resolve("tmp"));
        var options = "-Djava.io.tmpdir=%1$s -Dorg.sqlite.lib.path=%2$s -Djava.library.path=%2$s"
                .formatted(temporary, libraries);
        try (var server = new ServerProcess(directory, "64m", "", Map.of("JAVA_TOOL_OPTIONS", options))) {
            assertThat(server.isHealthy()).isTrue();
            assertThat(names(temporary)).isEmpty();
        }
    }

    private static Iterable<String> names(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}

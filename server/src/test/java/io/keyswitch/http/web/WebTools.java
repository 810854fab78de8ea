package io.keyswitch.http.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Runs the tools that {@code ./test} installs for {@code web/} and its tests. */
final class WebTools {
    static final Path SOURCES = Path.of("web");
    static final Path SERVED = Path.of("server/src/main/resources/web");
    static final Path TEST_PACKAGES = Path.of("server/src/test/node/node_modules");

    private WebTools() {}

    /** Skips the tests if the tools are missing, or fails in CI. */
    static void require() {
        if (!Files.exists(SOURCES.resolve("node_modules/vite")) || !Files.exists(TEST_PACKAGES.resolve("typescript"))) {
            if ("true".equals(System.getenv("CI"))) {
                throw new AssertionError("the tools of web/ are missing; ./test installs them");
            }
            Assumptions.abort("skipped: the tools of web/ are missing; run ./test");
        }
    }

    /** Runs a command in {@code web/} and fails with its output if the exit code is not 0. */
    static void run(String... command) throws Exception {
        run(Map.of(), command);
    }

    static void run(Map<String, String> environment, String... command) throws Exception {
        var builder = new ProcessBuilder(command).directory(SOURCES.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        var process = builder.start();
        var printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(printed).isTrue();
        assertThat(process.exitValue()).as(printed).isZero();
    }

    static List<Path> filesOf(Path root) throws IOException {
        try (var files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .map(root::relativize)
                    .sorted()
                    .toList();
        }
    }
}

package io.keyswitch.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Runs the scripts in {@code server/src/test/node}, which drive a real browser. */
public final class BrowserScript {
    private BrowserScript() {}

    /** Runs a script and fails with its output if the exit code is not 0. */
    public static void run(String script, String... arguments) throws Exception {
        var command = new ArrayList<>(List.of("node", script));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command)
                .directory(Path.of("server/src/test/node").toFile())
                .redirectErrorStream(true)
                .start();
        var printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(280, TimeUnit.SECONDS)).as(printed).isTrue();
        assertThat(process.exitValue()).as(printed).isZero();
    }

    /** Finds Chromium, which {@code ./test} installs. If it or its driver is missing, skips the test, or fails it in CI. */
    public static Path chromium() {
        return find(
                "Chromium",
                "/usr/bin/chromium-headless-shell",
                "/usr/bin/chromium",
                "/usr/bin/chromium-browser",
                "/usr/bin/google-chrome");
    }

    /** Finds Firefox, which {@code ./test} installs. If it or its driver is missing, skips the test, or fails it in CI. */
    public static Path firefox() {
        return find("Firefox", "/usr/bin/firefox-esr", "/usr/bin/firefox");
    }

    private static Path find(String browser, String... paths) {
        var found = Stream.of(paths).map(Path::of).filter(Files::isExecutable).findFirst();
        boolean ready = found.isPresent() && Files.exists(Path.of("server/src/test/node/node_modules/playwright-core"));
        if (!ready) {
            if ("true".equals(System.getenv("CI"))) {
                throw new AssertionError(browser + " or its driver is missing; ./test installs both");
            }
            Assumptions.abort("skipped: " + browser + " or its driver is missing; run ./test");
        }
        return found.orElseThrow();
    }
}

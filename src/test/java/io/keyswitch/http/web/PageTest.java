package io.keyswitch.http.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.testing.TestApp;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The page at {@code /}, used in a real browser as a person would. */
@Timeout(120)
class PageTest {
    private static final Path SCREENSHOTS = Path.of("target/screenshots");

    @Test
    void aPersonChangesTheirModelByTalking() throws Exception {
        var chromium = chromium();
        Files.createDirectories(SCREENSHOTS);
        try (var app = TestApp.start()) {
            var process = new ProcessBuilder(
                            "node",
                            "page.mjs",
                            app.url(),
                            chromium.toString(),
                            SCREENSHOTS.toAbsolutePath().toString())
                    .directory(Path.of("src/test/node").toFile())
                    .redirectErrorStream(true)
                    .start();
            var printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(100, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(printed).isZero();
        }
    }

    /** Debian's Chromium, which {@code ./test} installs; without it the test is skipped, except in CI. */
    private static Path chromium() {
        var found = Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
        boolean ready = found.isPresent() && Files.exists(Path.of("src/test/node/node_modules/playwright-core"));
        if (!ready) {
            if ("true".equals(System.getenv("CI"))) {
                throw new AssertionError("Chromium or its driver is missing; ./test installs both");
            }
            Assumptions.abort("skipped: Chromium or its driver is missing; run ./test");
        }
        return found.orElseThrow();
    }

    @Test
    void thePageComesUnderAStrictContentPolicy() {
        try (var app = TestApp.start()) {
            var page = TestApp.send(
                    HttpRequest.newBuilder(URI.create(app.url() + "/")).build());
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                    .startsWith("default-src 'none'")
                    .doesNotContain("unsafe");
            assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(page.body())
                    .doesNotContain("http://")
                    .doesNotContain("https://")
                    .doesNotContain(" style=")
                    .doesNotContain("onclick");
            var missing = TestApp.send(HttpRequest.newBuilder(URI.create(app.url() + "/../../etc/passwd"))
                    .build());
            assertThat(missing.statusCode()).isEqualTo(404);
        }
    }
}

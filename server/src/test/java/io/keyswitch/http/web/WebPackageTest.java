package io.keyswitch.http.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.SimpleFileServer;
import io.keyswitch.testing.BrowserScript;
import io.keyswitch.testing.TestApp;
import io.keyswitch.testing.Tokens;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The build output of {@code web/}: the page that the server serves, and an npm package for other pages. */
@Timeout(150)
class WebPackageTest {
    private static final Path SOURCES = Path.of("web");
    private static final Path SERVED = Path.of("server/src/main/resources/web");
    private static final int MOST_BYTES = 100_000;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @BeforeAll
    static void requireTools() {
        if (!Files.exists(SOURCES.resolve("node_modules/vite"))) {
            if ("true".equals(System.getenv("CI"))) {
                throw new AssertionError("the tools of web/ are missing; ./test installs them");
            }
            Assumptions.abort("skipped: the tools of web/ are missing; run ./test");
        }
    }

    private static String run(Map<String, String> environment, String... command) throws Exception {
        var builder = new ProcessBuilder(command).directory(SOURCES.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        var process = builder.start();
        var printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(printed).isTrue();
        assertThat(process.exitValue()).as(printed).isZero();
        return printed;
    }

    private static List<Path> filesOf(Path root) throws IOException {
        try (var files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .map(root::relativize)
                    .sorted()
                    .toList();
        }
    }

    @Test
    void theSourcesPassTheTypeAndFormatChecks() throws Exception {
        run(Map.of(), "npm", "run", "check", "--silent");
    }

    @Test
    void theComponentUnitTestsPass() throws Exception {
        run(Map.of(), "npm", "test", "--silent");
    }

    @Test
    void theServedPageMatchesABuildOfTheSources() throws Exception {
        run(
                Map.of("KEYSWITCH_PAGE_DIRECTORY", directory.toString()),
                "npx",
                "vite",
                "build",
                "--mode",
                "page",
                "--logLevel",
                "error");
        assertThat(filesOf(directory)).isEqualTo(filesOf(SERVED)).isNotEmpty();
        for (var file : filesOf(SERVED)) {
            assertThat(directory.resolve(file))
                    .as("build the page anew: npm run build --prefix web")
                    .hasSameBinaryContentAs(SERVED.resolve(file));
        }
    }

    /** A reader loads at most one language beside English, and the licences only to read them. */
    @Test
    void theGzippedPageIsAtMost100Kilobytes() throws Exception {
        int page = 0;
        int largestLanguage = 0;
        for (var file : filesOf(SERVED)) {
            int size = zippedSize(SERVED.resolve(file));
            if (file.toString().startsWith("language-")) {
                largestLanguage = Math.max(largestLanguage, size);
            } else if (!file.endsWith("licenses.txt")) {
                page += size;
            }
        }
        assertThat(largestLanguage).isPositive();
        assertThat(page + largestLanguage).isBetween(10_000, MOST_BYTES);
    }

    private static int zippedSize(Path file) throws IOException {
        var zipped = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(zipped)) {
            out.write(Files.readAllBytes(file));
        }
        return zipped.size();
    }

    @Test
    void theNpmPackageWorksInAPageOfAnotherOrigin() throws Exception {
        var chromium = BrowserScript.chromium();
        var root = directory.toAbsolutePath();
        run(Map.of(), "npm", "pack", "--silent", "--pack-destination", root.toString());
        var installed = Files.createDirectories(root.resolve("node_modules/keyswitch-web"));
        var unpack = List.of(
                "tar", "-xzf", root + "/keyswitch-web-0.1.0.tgz", "--strip-components=1", "-C", installed.toString());
        run(Map.of(), unpack.toArray(String[]::new));
        assertThat(installed.resolve("dist/index.d.ts")).exists();
        assertThat(installed.resolve("dist/licenses.txt")).content().contains("Name: lit", "Name: markdown-it");
        var server = SimpleFileServer.createFileServer(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), root, SimpleFileServer.OutputLevel.NONE);
        server.start();
        var origin = "http://127.0.0.1:" + server.getAddress().getPort();
        try (var app = TestApp.start(
                "",
                Map.of(
                        "GROQ_API_KEY", "project-key-groq",
                        "GEMINI_API_KEY", "project-key-gemini",
                        "KEYSWITCH_SERVER_ALLOWED_ORIGINS", origin))) {
            var page = documented("html").replace("http://127.0.0.1:8080", app.url());
            Files.writeString(root.resolve("index.html"), page);
            Files.writeString(root.resolve("app.css"), documented("css"));
            BrowserScript.run("package.mjs", origin + "/", app.url(), Tokens.PROJECT, chromium.toString());
        } finally {
            server.stop(0);
        }
    }

    /** The first code block in a language in the section "A whole page" of docs/web.md. */
    private static String documented(String language) throws IOException {
        var section = Files.readString(Path.of("docs/web.md")).split("### A whole page", 2)[1];
        return section.split("```" + language + "\n", 2)[1].split("```", 2)[0];
    }
}

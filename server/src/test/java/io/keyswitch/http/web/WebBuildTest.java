package io.keyswitch.http.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.core.Version;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The sources in {@code web/} and the files that the server serves, which are built from them. */
@Timeout(300)
class WebBuildTest {
    private static final int MOST_BYTES = 105_000;

    @BeforeAll
    static void requireTools() {
        WebTools.require();
    }

    @Test
    void theSourcesPassTheTypeAndFormatChecks() throws Exception {
        WebTools.run("npm", "run", "check", "--silent");
    }

    @Test
    void theComponentUnitTestsPass() throws Exception {
        WebTools.run("npm", "test", "--silent");
    }

    @Test
    void theServedFilesMatchABuildOfTheSources(@TempDir Path directory) throws Exception {
        var built = Map.of("KEYSWITCH_PAGE_DIRECTORY", directory.toString());
        WebTools.run(built, "npm", "run", "build:page", "--silent");
        var files = WebTools.filesOf(WebTools.SERVED);
        assertThat(WebTools.filesOf(directory)).isEqualTo(files).isNotEmpty();
        for (var file : files) {
            assertThat(directory.resolve(file))
                    .as("build the page anew: npm run build --prefix web")
                    .hasSameBinaryContentAs(WebTools.SERVED.resolve(file));
        }
    }

    /** A reader loads at most one language beside English, and the licences only to read them. */
    @Test
    void theGzippedPageIsAtMost105Kilobytes() throws Exception {
        int page = 0;
        int largestLanguage = 0;
        for (var file : WebTools.filesOf(WebTools.SERVED)) {
            int size = zippedSize(WebTools.SERVED.resolve(file));
            if (file.toString().startsWith("language-")) {
                largestLanguage = Math.max(largestLanguage, size);
            } else if (!file.endsWith("licenses.txt")) {
                page += size;
            }
        }
        assertThat(largestLanguage).isPositive();
        assertThat(page + largestLanguage).isBetween(10_000, MOST_BYTES);
    }

    @Test
    void theDocumentedVersionHashAndSizeAreThoseOfTheServedFile() throws Exception {
        var file = WebTools.SERVED.resolve("keyswitch.js");
        var hash = MessageDigest.getInstance("SHA-384").digest(Files.readAllBytes(file));
        var tag = Documentation.code("### With one script tag", "html");
        assertThat(tag)
                .contains("keyswitch.js?v=" + Version.CURRENT + "\"")
                .contains("integrity=\"sha384-" + Base64.getEncoder().encodeToString(hash) + "\"");
        long tensOfKilobytes = Math.round(zippedSize(file) / 10_000.0);
        assertThat(Documentation.text())
                .contains("about " + tensOfKilobytes * 10 + " kB gzipped")
                .contains("the hash of version " + Version.CURRENT);
    }

    private static int zippedSize(Path file) throws IOException {
        var zipped = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(zipped)) {
            out.write(Files.readAllBytes(file));
        }
        return zipped.size();
    }
}

package io.keyswitch.http.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.core.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The npm package that is built from {@code web/}, as apps install it. */
@Timeout(150)
class WebPackageTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path tarballs;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @BeforeAll
    static void pack() throws Exception {
        WebTools.require();
        WebTools.run("npm", "pack", "--silent", "--pack-destination", tarballs.toString());
    }

    /** The name of the tarball has the version of package.json. */
    private static void unpackInto(Path target) throws Exception {
        var tarball = tarballs.resolve("keyswitch-web-" + Version.CURRENT + ".tgz");
        Files.createDirectories(target);
        WebTools.run("tar", "-xzf", tarball.toString(), "--strip-components=1", "-C", target.toString());
    }

    @Test
    void theComponentsAreTheFilesThatTheServerServes() throws Exception {
        unpackInto(directory);
        var built = directory.resolve("dist");
        Files.delete(built.resolve("index.d.ts"));
        var files = WebTools.filesOf(built);
        assertThat(files).contains(Path.of("keyswitch.js"), Path.of("language-de.js"), Path.of("licenses.txt"));
        for (var file : files) {
            assertThat(built.resolve(file)).hasSameBinaryContentAs(WebTools.SERVED.resolve(file));
        }
        assertThat(built.resolve("licenses.txt")).content().contains("Name: lit", "Name: markdown-it");
    }

    @Test
    void theTypesAreOneFileThatImportsNothing() throws Exception {
        unpackInto(directory);
        var types = WebTools.filesOf(directory).stream()
                .map(Path::toString)
                .filter(name -> name.endsWith(".d.ts"))
                .toList();
        assertThat(types).containsExactly("dist/index.d.ts");
        assertThat(directory.resolve("dist/index.d.ts"))
                .content()
                .contains("interface KeyswitchChat extends KeyswitchElement")
                .doesNotContainPattern("\\bimport\\b|\\bfrom ['\"]|/// <reference");
    }
}

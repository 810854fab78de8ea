package io.keyswitch.http.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.core.Version;
import io.keyswitch.testing.BrowserScript;
import io.keyswitch.testing.Tokens;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The npm package that is built from {@code web/}, as apps install it. */
@Timeout(300)
class WebPackageTest {
    private static final Path APPS = Path.of("server/src/test/apps");

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
        assertThat(types).containsExactly("dist/index.d.ts", "types/react.d.ts", "types/vue.d.ts");
        assertThat(directory.resolve("dist/index.d.ts"))
                .content()
                .contains("interface KeyswitchChat extends KeyswitchElement")
                .doesNotContainPattern("\\bimport\\b|\\bfrom ['\"]|/// <reference");
    }

    /** The apps also contain wrong uses, each marked as an error that the compiler must report. */
    @ParameterizedTest
    @EnumSource
    void appsCompileStrictlyAgainstThePackage(Framework framework) throws Exception {
        var app = install(framework);
        Files.writeString(app.resolve(framework.documentedFile()), framework.documentedCode());
        compile(framework, app, "esnext", "bundler");
        compile(framework, app, "nodenext", "nodenext");
    }

    private static void compile(Framework framework, Path app, String module, String resolution) throws Exception {
        var compiler = WebTools.TEST_PACKAGES.resolve(".bin").resolve(framework.compiler());
        WebTools.run(
                compiler.toAbsolutePath().toString(),
                "--project",
                app.toString(),
                "--module",
                module,
                "--moduleResolution",
                resolution);
    }

    @Test
    void theDocumentedReactAndVueComponentsWork() throws Exception {
        var chromium = BrowserScript.chromium();
        try (var pages = AppPages.serve(directory)) {
            for (var framework : List.of(Framework.REACT, Framework.VUE)) {
                var code = framework.documentedCode().replace("https://keyswitch.example", pages.keyswitch());
                var app = install(framework);
                Files.writeString(app.resolve(framework.documentedFile()), code);
                BrowserScript.run(
                        "framework.mjs",
                        app.toString(),
                        pages.origin() + "/" + framework.directory() + "/",
                        pages.keyswitch(),
                        Tokens.PROJECT,
                        chromium.toString());
            }
        }
    }

    /** Makes an app that has nothing installed but the package and its framework. */
    private Path install(Framework framework) throws Exception {
        var app = Files.createDirectories(directory.toAbsolutePath().resolve(framework.directory()));
        copy(APPS, app);
        copy(APPS.resolve(framework.directory()), app);
        Files.writeString(app.resolve("package.json"), "{\"type\": \"module\"}");
        var packages = app.resolve("node_modules");
        unpackInto(packages.resolve("keyswitch-web"));
        for (var name : framework.packages()) {
            var link = packages.resolve(name);
            Files.createDirectories(link.resolveSibling(""));
            Files.createSymbolicLink(link, WebTools.TEST_PACKAGES.resolve(name).toAbsolutePath());
        }
        return app;
    }

    private static void copy(Path from, Path to) throws Exception {
        try (var files = Files.newDirectoryStream(from, Files::isRegularFile)) {
            for (var file : files) {
                Files.copy(file, to.resolve(from.relativize(file)));
            }
        }
    }
}

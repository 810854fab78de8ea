package io.keyswitch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The launcher script in a source checkout, with a fake Maven that copies a prebuilt jar. */
@Timeout(180)
class LauncherTest {
    /** Prints the maximum heap size in MiB, its arguments and where native libraries are loaded from. */
    public static final class Program {
        private Program() {}

        public static void main(String[] arguments) {
            System.out.println(Runtime.getRuntime().maxMemory() / (1 << 20) + " " + List.of(arguments) + " "
                    + System.getProperty("org.sqlite.lib.path"));
        }
    }

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private Path checkout;

    @BeforeEach
    void checkOut() throws Exception {
        checkout = Files.createDirectories(directory.resolve("checkout"));
        for (var file : List.of("keyswitch", "bin/jdk.sh", "bin/packages.sh", "bin/maven.sh")) {
            Files.createDirectories(checkout.resolve(file).getParent());
            Files.copy(Path.of(file), checkout.resolve(file));
        }
        for (var sources : List.of("server/src/main", "simulator/src/main")) {
            Files.createDirectories(checkout.resolve(sources));
        }
        Files.writeString(checkout.resolve("server/src/main/Program.java"), "one");
        for (var project : List.of("pom.xml", "server/pom.xml", "simulator/pom.xml")) {
            Files.writeString(checkout.resolve(project), "<project/>");
        }
        makeJar(directory.resolve("program.jar"));
        var maven = Files.createDirectories(directory.resolve("path")).resolve("mvn");
        // Writes a truncated jar first, which is what a killed build leaves.
        Files.writeString(maven, """
                #!/usr/bin/env bash
                set -e
                echo built >> "%1$s/builds"
                for argument in "$@"; do case $argument in -Doutput.directory=*) out=${argument#*=} ;; esac; done
                mkdir -p "$out/keyswitch/lib"
                head -c 100 "%1$s/program.jar" > "$out/keyswitch/keyswitch.jar"
                sleep "${BUILD_SECONDS:-0}"
                cp "%1$s/program.jar" "$out/keyswitch/keyswitch.jar"
                """.formatted(directory));
        Files.setPosixFilePermissions(maven, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static void makeJar(Path file) throws IOException {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Program.class.getName());
        try (var jar = new JarOutputStream(Files.newOutputStream(file), manifest);
                var type = Program.class.getResourceAsStream("LauncherTest$Program.class")) {
            jar.putNextEntry(new ZipEntry(Program.class.getName().replace('.', '/') + ".class"));
            assertThat(type).isNotNull();
            type.transferTo(jar);
        }
    }

    private Process start(Path where, Map<String, String> environment) throws IOException {
        var builder =
                new ProcessBuilder("bash", where.resolve("keyswitch").toString(), "a", "b").redirectErrorStream(true);
        builder.environment().put("PATH", directory.resolve("path") + ":" + System.getenv("PATH"));
        builder.environment().put("KEYSWITCH_JAVA_HOME", System.getProperty("java.home"));
        builder.environment().remove("JAVA_HOME");
        builder.environment().putAll(environment);
        return builder.start();
    }

    private String run(Path where, Map<String, String> environment) throws Exception {
        var process = start(where, environment);
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    private long builds() throws IOException {
        return Files.readAllLines(directory.resolve("builds")).size();
    }

    @Test
    void aKilledBuildLeavesNoOutputAndTheNextRunBuildsAgain() throws Exception {
        var killed = start(checkout, Map.of("BUILD_SECONDS", "30"));
        await().until(() -> Files.exists(directory.resolve("builds")));
        killed.descendants().forEach(ProcessHandle::destroyForcibly);
        killed.destroyForcibly().waitFor();
        assertThat(checkout.resolve("target/app")).doesNotExist();
        assertThat(run(checkout, Map.of())).contains("[a, b]");
        assertThat(builds()).isEqualTo(2);
        try (var left = Files.list(checkout.resolve("target"))) {
            assertThat(left.map(Path::getFileName).map(Path::toString)).containsExactly("app");
        }
    }

    @Test
    void theBuildIsReusedUntilTheContentOfASourceFileChanges() throws Exception {
        run(checkout, Map.of());
        run(checkout, Map.of());
        assertThat(builds()).isEqualTo(1);
        var source = checkout.resolve("server/src/main/Program.java");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plus(Duration.ofSeconds(5))));
        run(checkout, Map.of());
        assertThat(builds()).isEqualTo(1);
        Files.writeString(source, "two");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plus(Duration.ofSeconds(10))));
        run(checkout, Map.of());
        assertThat(builds()).isEqualTo(2);
    }

    @Test
    void aCopyOfABuiltCheckoutIsNotBuiltAgain() throws Exception {
        run(checkout, Map.of());
        var copy = directory.resolve("copy");
        assertThat(new ProcessBuilder("cp", "-r", checkout.toString(), copy.toString())
                        .start()
                        .waitFor())
                .isZero();
        // Copying may make the sources newer than the build.
        Files.setLastModifiedTime(
                copy.resolve("pom.xml"), FileTime.from(Instant.now().plus(Duration.ofSeconds(5))));
        assertThat(run(copy, Map.of())).contains("[a, b]");
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void keyswitchJavaOptsAreAppendedToTheDefaultJvmOptions() throws Exception {
        assertThat(run(checkout, Map.of())).contains("243 [a, b]");
        assertThat(run(checkout, Map.of("KEYSWITCH_JAVA_OPTS", "-Xmx64m -Dx=y")))
                .contains("60 [a, b]");
        assertThat(run(checkout, Map.of("KEYSWITCH_JAVA_OPTS", "-Xms64m"))).contains("243 [a, b]");
        assertThat(run(checkout, Map.of("KEYSWITCH_JAVA_OPTS", "-XX:MaxHeapSize=64m")))
                .contains("60 [a, b]");
    }

    @Test
    void theReleaseLoadsItsLibrariesAndLetsTheOperatorDecide() throws Exception {
        var release = Files.createDirectories(directory.resolve("a release"));
        Files.createDirectories(release.resolve("bin"));
        Files.copy(Path.of("server/src/main/release/bin/keyswitch"), release.resolve("bin/keyswitch"));
        Files.copy(directory.resolve("program.jar"), release.resolve("keyswitch.jar"));
        assertThat(runRelease(release, "")).isEqualTo("243 [a, b] null\n");
        var libraries = Files.createDirectories(release.resolve("lib/native"));
        assertThat(runRelease(release, "-Xms64m")).isEqualTo("243 [a, b] " + libraries + "\n");
        assertThat(runRelease(release, "-XX:MaxHeapSize=64m -Dorg.sqlite.lib.path=other"))
                .isEqualTo("60 [a, b] other\n");
    }

    private static String runRelease(Path release, String options) throws Exception {
        var builder = new ProcessBuilder("sh", release.resolve("bin/keyswitch").toString(), "a", "b")
                .redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("KEYSWITCH_JAVA_OPTS", options);
        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    @Test
    void aNamedJdkThatIsNoneIsReportedInsteadOfIgnored() throws Exception {
        var process = start(checkout, Map.of("KEYSWITCH_JAVA_HOME", directory.toString()));
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo(
                        "keyswitch: KEYSWITCH_JAVA_HOME is %s, where there is no JDK 25 or newer: correct it, or remove it\n"
                                .formatted(directory));
        assertThat(process.waitFor()).isEqualTo(2);
    }

    @Test
    void startupFailsWhenTheOpenFileLimitIsTooLow() throws Exception {
        var process = new ProcessBuilder(
                        "bash", "-c", "ulimit -n 100; exec bash " + checkout.resolve("keyswitch") + " demo")
                .redirectErrorStream(true)
                .start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isEqualTo(2);
        assertThat(output.lines())
                .singleElement()
                .asString()
                .contains("only 100 files")
                .contains("ulimit -n 65536");
    }

    /** The environment of a machine without a JDK: no installed JDK and no package of the distribution. */
    private Map<String, String> bareMachine(HttpServer adoptium) throws IOException {
        var nothing = Files.createDirectories(directory.resolve("nothing"));
        var aptCache = directory.resolve("path/apt-cache");
        Files.writeString(aptCache, "#!/bin/sh\nexit 1\n");
        Files.setPosixFilePermissions(aptCache, PosixFilePermissions.fromString("rwxr-xr-x"));
        return Map.of(
                "KEYSWITCH_JAVA_HOME",
                "",
                "KEYSWITCH_JDK_DIRECTORY",
                nothing.toString(),
                "HOME",
                directory.resolve("home").toString(),
                "XDG_CACHE_HOME",
                directory.resolve("home/cache").toString(),
                "KEYSWITCH_ADOPTIUM_API",
                "http://127.0.0.1:" + adoptium.getAddress().getPort());
    }

    /**
     * Starts a fake Adoptium API that serves the metadata and the archive of a JDK with {@code java} and {@code javac}.
     *
     * @param checksum the SHA-256 in the metadata; empty for that of the archive
     */
    private HttpServer adoptium(String checksum) throws Exception {
        var jdk = Files.createDirectories(directory.resolve("archive/jdk-25.0.1+8/bin"));
        for (var program : List.of("java", "javac")) {
            var script = jdk.resolve(program);
            Files.writeString(
                    script, "#!/bin/sh\nexec %s/bin/%s \"$@\"\n".formatted(System.getProperty("java.home"), program));
            Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        Files.writeString(jdk.resolveSibling("release"), "JAVA_VERSION=\"25.0.1\"\n");
        var archive = directory.resolve("jdk.tar.gz");
        var tar = new ProcessBuilder("tar", "-czf", archive.toString(), "-C", directory + "/archive", "jdk-25.0.1+8");
        assertThat(tar.start().waitFor()).isZero();
        var digest =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(archive)));
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var url = "http://127.0.0.1:" + server.getAddress().getPort();
        answer(server, "/v3/assets/latest/25/hotspot", """
                [{"binary": {"architecture": "x64", "image_type": "jdk",
                  "installer": {"checksum": "no", "link": "no"},
                  "package": {
                    "checksum": "%s",
                    "checksum_link": "%s/no", "link": "%2$s/jdk.tar.gz", "name": "jdk.tar.gz", "size": 1},
                  "updated_at": "2026-01-01"}, "version": {"major": 25}}]
                """.formatted(checksum.isEmpty() ? digest : checksum, url)
                .getBytes(StandardCharsets.UTF_8));
        answer(server, "/jdk.tar.gz", Files.readAllBytes(archive));
        server.start();
        return server;
    }

    private static void answer(HttpServer server, String path, byte[] body) {
        server.createContext(path, exchange -> {
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    @Test
    void aMissingJdkIsDownloadedOnce() throws Exception {
        var adoptium = adoptium("");
        var bare = bareMachine(adoptium);
        assertThat(run(checkout, bare)).contains("downloading Temurin 25").contains("[a, b]");
        adoptium.stop(0);
        assertThat(run(checkout, bare)).doesNotContain("downloading").contains("[a, b]");
    }

    @Test
    void aJdkDownloadWithAWrongChecksumIsRejectedAndDeleted() throws Exception {
        var adoptium = adoptium("0".repeat(64));
        var process = start(checkout, bareMachine(adoptium));
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        adoptium.stop(0);
        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(output).contains("SHA-256").contains("set KEYSWITCH_JAVA_HOME");
        try (var kept = Files.list(directory.resolve("home/cache/keyswitch"))) {
            assertThat(kept).isEmpty();
        }
    }

    @Test
    void theMavenWrapperIsUsedWhenMavenIsNotInstalled() throws Exception {
        Files.move(directory.resolve("path/mvn"), checkout.resolve("mvnw"));
        // Only what the launcher needs, and no Maven.
        var tools = List.of(
                "bash",
                "sh",
                "sed",
                "find",
                "sort",
                "cat",
                "cut",
                "sha256sum",
                "dirname",
                "readlink",
                "mktemp",
                "touch",
                "rm",
                "mv",
                "cp",
                "mkdir",
                "seq",
                "grep",
                "sleep",
                "head",
                "kill",
                "id");
        for (var tool : tools) {
            for (var place : List.of("/bin/", "/usr/bin/")) {
                if (Files.exists(Path.of(place + tool)) && !Files.exists(directory.resolve("path/" + tool))) {
                    Files.createSymbolicLink(directory.resolve("path/" + tool), Path.of(place + tool));
                }
            }
        }
        assertThat(run(checkout, Map.of("PATH", directory.resolve("path").toString())))
                .contains("Maven is not installed")
                .contains("[a, b]");
    }
}

package io.keyswitch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The launcher of a checkout, with a build that takes a moment in Maven's place. */
@Timeout(60)
class LauncherTest {
    /** Prints its arguments. */
    public static final class Program {
        private Program() {}

        public static void main(String[] arguments) {
            System.out.println(Runtime.getRuntime().maxMemory() / (1 << 20) + " " + List.of(arguments));
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
        for (var file : List.of("keyswitch", "bin/jdk.sh")) {
            Files.createDirectories(checkout.resolve(file).getParent());
            Files.copy(Path.of(file), checkout.resolve(file));
        }
        Files.createDirectories(checkout.resolve("src/main"));
        Files.writeString(checkout.resolve("src/main/Program.java"), "one");
        Files.writeString(checkout.resolve("pom.xml"), "<project/>");
        makeJar(directory.resolve("program.jar"));
        var maven = Files.createDirectories(directory.resolve("path")).resolve("mvn");
        // Half of the jar is there for a while, as in a build that is killed.
        Files.writeString(maven, """
                #!/usr/bin/env bash
                set -e
                echo built >> "%1$s/builds"
                for argument in "$@"; do case $argument in -Doutput.directory=*) out=${argument#*=} ;; esac; done
                mkdir -p "$out/lib"
                head -c 100 "%1$s/program.jar" > "$out/keyswitch.jar"
                sleep "${BUILD_SECONDS:-0}"
                cp "%1$s/program.jar" "$out/keyswitch.jar"
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
        builder.environment().putAll(environment);
        return builder.start();
    }

    private String run(Path where, Map<String, String> environment) throws Exception {
        var process = start(where, environment);
        var output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    private long builds() throws IOException {
        return Files.readAllLines(directory.resolve("builds")).size();
    }

    @Test
    void aBuildThatIsKilledLeavesNothingThatLooksFinished() throws Exception {
        var killed = start(checkout, Map.of("BUILD_SECONDS", "30"));
        while (!Files.exists(directory.resolve("builds"))) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
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
    void aBuildIsUsedUntilASourceChanges() throws Exception {
        run(checkout, Map.of());
        run(checkout, Map.of());
        assertThat(builds()).isEqualTo(1);
        var source = checkout.resolve("src/main/Program.java");
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
        // As if the sources had been copied last.
        Files.setLastModifiedTime(
                copy.resolve("pom.xml"), FileTime.from(Instant.now().plus(Duration.ofSeconds(5))));
        assertThat(run(copy, Map.of())).contains("[a, b]");
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void optionsOfTheJvmAreAddedToOurs() throws Exception {
        assertThat(run(checkout, Map.of())).contains("247 [a, b]");
        assertThat(run(checkout, Map.of("KEYSWITCH_JAVA_OPTS", "-Xmx64m -Dx=y")))
                .contains("61 [a, b]");
    }

    @Test
    void tooFewFilesAreSaidInOneSentence() throws Exception {
        var process = new ProcessBuilder(
                        "bash", "-c", "ulimit -n 100; exec bash " + checkout.resolve("keyswitch") + " demo")
                .redirectErrorStream(true)
                .start();
        var output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isEqualTo(2);
        assertThat(output.lines())
                .singleElement()
                .asString()
                .contains("only 100 files")
                .contains("ulimit -n 65536");
    }
}

package io.keyswitch.testing;

import io.keyswitch.secret.MasterKeys;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/**
 * {@code keyswitch} as a process of its own. Its classes are packed into a jar with a CDS archive, which halves the start time; the
 * JVM cannot archive directories.
 */
public final class Program {
    private static final Path DIRECTORY = Path.of("target", "keyswitch", "program");
    private static final List<String> OPTIONS = List.of(
            "--enable-native-access=ALL-UNNAMED",
            "-XX:+UseSerialGC",
            // A process of a few seconds is at its best without the second compiler.
            "-XX:TieredStopAtLevel=1",
            // The JVM at times crashes while it writes the archive; the file would be in the checkout.
            "-XX:ErrorFile=" + DIRECTORY.resolve("crash-%p.log").toAbsolutePath(),
            "-Xlog:cds=off",
            "-Xlog:aot=off");

    private static final Path JAR = DIRECTORY.resolve("classes.jar").toAbsolutePath();
    private static final Path ARCHIVE = DIRECTORY.resolve("classes.jsa").toAbsolutePath();
    private static final List<Path> CLASS_PATH = Arrays.stream(
                    System.getProperty("java.class.path").split(File.pathSeparator))
            .map(Path::of)
            .toList();
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private static boolean ready;

    private Program() {}

    /**
     * The beginning of a command that runs it; arguments follow.
     *
     * @param options further options for its JVM
     */
    public static List<String> command(String... options) {
        prepare();
        var command = java(options);
        command.addAll(main());
        return command;
    }

    private static List<String> java(String... options) {
        var java = new ArrayList<>(List.of(JAVA));
        java.addAll(OPTIONS);
        java.addAll(List.of(options));
        if (Files.exists(ARCHIVE)) {
            java.add("-XX:SharedArchiveFile=" + ARCHIVE);
        }
        return java;
    }

    private static List<String> main() {
        var jars = Stream.concat(Stream.of(JAR), CLASS_PATH.stream().filter(Files::isRegularFile));
        return List.of(
                "-cp", jars.map(Path::toString).collect(Collectors.joining(File.pathSeparator)), "io.keyswitch.Main");
    }

    /** Other processes run tests at the same time; one of them makes the files for all. */
    private static synchronized void prepare() {
        if (ready) {
            return;
        }
        try {
            Files.createDirectories(DIRECTORY);
            try (var guard = FileChannel.open(
                            DIRECTORY.resolve("guard"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var _ = guard.lock()) {
                if (!isCurrent()) {
                    Files.deleteIfExists(ARCHIVE);
                    Files.deleteIfExists(JAR);
                    pack();
                    archive();
                }
            }
            ready = true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static boolean isCurrent() throws IOException {
        if (!Files.exists(JAR)) {
            return false;
        }
        var packed = Files.getLastModifiedTime(JAR);
        for (var file : classes()) {
            if (Files.getLastModifiedTime(file).compareTo(packed) > 0) {
                return false;
            }
        }
        return true;
    }

    private static List<Path> roots() {
        return CLASS_PATH.stream()
                .filter(path -> Files.isDirectory(path) && !path.endsWith("test-classes"))
                .toList();
    }

    /** The files in the directories of the class path. */
    private static List<Path> classes() throws IOException {
        var all = new ArrayList<Path>();
        for (var root : roots()) {
            try (var files = Files.walk(root)) {
                files.filter(Files::isRegularFile).forEach(all::add);
            }
        }
        return all;
    }

    private static void pack() throws IOException {
        var aside = Path.of(JAR + ".new");
        var packed = new HashSet<String>();
        try (var jar = new JarOutputStream(Files.newOutputStream(aside))) {
            for (var root : roots()) {
                try (var files = Files.walk(root)) {
                    for (var file : files.sorted().toList()) {
                        // Migrations are found by the name of their directory.
                        var name = root.relativize(file) + (Files.isDirectory(file) ? "/" : "");
                        if (packed.add(name)) {
                            jar.putNextEntry(new ZipEntry(name));
                            if (Files.isRegularFile(file)) {
                                Files.copy(file, jar);
                            }
                            jar.closeEntry();
                        }
                    }
                }
            }
        }
        Files.move(aside, JAR);
    }

    /** Starts a server once, and lets its JVM archive what it has loaded. Without the archive, processes only start later. */
    private static void archive() throws IOException, InterruptedException {
        var data = Files.createTempDirectory("keyswitch-archive");
        int port = ServerProcess.freePort();
        Files.writeString(
                data.resolve("keyswitch.yaml"),
                "server: {port: %d}%ndatabase: {url: \"jdbc:sqlite:%s/a.db\"}%nauth: {firebase: {projectId: a, emulatorTokens: true}}%n"
                        .formatted(port, data));
        var command = java("-XX:ArchiveClassesAtExit=" + ARCHIVE);
        command.addAll(main());
        command.addAll(
                List.of("serve", "--config", data.resolve("keyswitch.yaml").toString()));
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(data.resolve("log").toFile());
        builder.environment().put("LLM_SETTINGS_ENCRYPTION_KEY", MasterKeys.generate());
        var process = builder.start();
        while (process.isAlive() && !isListening(port)) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        if (!process.isAlive()) {
            throw new IOException("did not start: " + Files.readString(data.resolve("log")));
        }
        process.destroy();
        process.waitFor();
        TestApp.delete(data);
    }

    private static boolean isListening(int port) {
        try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }
}

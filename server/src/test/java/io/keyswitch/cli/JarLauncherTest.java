package io.keyswitch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.Launcher;
import io.keyswitch.Main;
import io.keyswitch.testing.Command;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main class of the jar, which any Java can run. */
class JarLauncherTest {
    private static final int VERSION_OFFSET = 6;
    private static final short JAVA_8 = 52;

    private static byte[] classFile(Class<?> type) throws Exception {
        try (var in = type.getResourceAsStream(type.getSimpleName() + ".class")) {
            assertThat(in).isNotNull();
            return in.readAllBytes();
        }
    }

    private static Command launch(Path directory, String classPath, String... arguments) throws Exception {
        var command = new ArrayList<>(List.of("--enable-native-access=ALL-UNNAMED", "-cp", classPath));
        command.add(Launcher.class.getName());
        command.addAll(List.of(arguments));
        return Command.java(directory, Map.of(), command);
    }

    @Test
    void jarStartsWithAClassThatJava8CanLoad() throws Exception {
        assertThat(ByteBuffer.wrap(classFile(Launcher.class)).getShort(VERSION_OFFSET))
                .isEqualTo(JAVA_8);
        assertThat(Path.of("server/pom.xml"))
                .content()
                .contains("<mainClass>" + Launcher.class.getName() + "</mainClass>");
    }

    @Test
    void javaThatIsTooOldIsToldWhichOneIsRequired(@TempDir Path directory) throws Exception {
        var newer = ByteBuffer.wrap(classFile(Main.class)).putShort(VERSION_OFFSET, (short) 144);
        Files.write(Files.createDirectories(directory.resolve("io/keyswitch")).resolve("Main.class"), newer.array());
        var launched = launch(directory, directory + ":" + System.getProperty("java.class.path"), "--version");
        assertThat(launched.err())
                .startsWith("keyswitch: Java 100 or newer is required, but this is Java "
                        + System.getProperty("java.version"))
                .doesNotContain("\tat ");
        assertThat(launched.exitCode()).isEqualTo(2);
    }

    @Test
    void javaThatIsNewEnoughRunsTheCommand(@TempDir Path directory) throws Exception {
        var launched = launch(directory, System.getProperty("java.class.path"), "--version");
        assertThat(launched.out()).startsWith("keyswitch ");
        assertThat(launched.exitCode()).isZero();
    }
}

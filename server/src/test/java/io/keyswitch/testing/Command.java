package io.keyswitch.testing;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A command that ran as a process of its own. */
public record Command(int exitCode, String out, String err) {
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    /** Runs {@code keyswitch} with arguments, in a directory and with additional environment variables. */
    public static Command run(Path directory, Map<String, String> environment, String... arguments) throws Exception {
        return run(directory, environment, keyswitch(arguments));
    }

    /** Runs {@code keyswitch} like {@link #run}, by a shell that runs another command first. */
    public static Command shell(Path directory, Map<String, String> environment, String first, String... arguments)
            throws Exception {
        var command = new ArrayList<>(List.of("bash", "-c", first + " && exec \"$0\" \"$@\""));
        command.addAll(keyswitch(arguments));
        return run(directory, environment, command);
    }

    private static List<String> keyswitch(String... arguments) {
        var command = Program.command();
        command.addAll(List.of(arguments));
        return command;
    }

    /** Runs this JDK's {@code java} with arguments. */
    public static Command java(Path directory, Map<String, String> environment, List<String> arguments)
            throws Exception {
        var command = new ArrayList<>(List.of(JAVA));
        command.addAll(arguments);
        return run(directory, environment, command);
    }

    /** Runs another program with arguments. */
    public static Command program(Path directory, Map<String, String> environment, List<String> command)
            throws Exception {
        return run(directory, environment, command);
    }

    private static Command run(Path directory, Map<String, String> environment, List<String> command) throws Exception {
        var err = Files.createTempFile(directory, "err", "");
        var builder = new ProcessBuilder(command).directory(directory.toFile()).redirectError(err.toFile());
        // A developer's own project keys would be sent to their providers.
        builder.environment().keySet().removeIf(name -> name.endsWith("_API_KEY"));
        builder.environment().putAll(environment);
        var process = builder.start();
        var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("still running: " + command);
        }
        return new Command(process.exitValue(), out, Files.readString(err));
    }
}

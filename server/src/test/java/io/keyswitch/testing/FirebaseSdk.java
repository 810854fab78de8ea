package io.keyswitch.testing;

import io.keyswitch.core.Json;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import tools.jackson.databind.JsonNode;

/** The unmodified Firebase JavaScript SDK, run in a separate Node process. */
public final class FirebaseSdk implements AutoCloseable {
    private static final Path DIRECTORY = Path.of("server/src/test/node");

    private final Process process;
    private final BufferedWriter commands;
    private final BufferedReader outcomes;

    private FirebaseSdk(Process process) {
        this.process = process;
        this.commands = process.outputWriter(StandardCharsets.UTF_8);
        this.outcomes = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Starts the process. If the npm packages that {@code ./test} installs are missing, skips the test, except in CI. */
    public static FirebaseSdk start() {
        if (!Files.exists(DIRECTORY.resolve("node_modules/@firebase/functions"))) {
            if ("true".equals(System.getenv("CI"))) {
                throw new AssertionError("the Firebase SDK is not installed; ./test does it");
            }
            Assumptions.abort("skipped: the Firebase SDK is not installed; run ./test, or npm ci in " + DIRECTORY);
        }
        try {
            return new FirebaseSdk(new ProcessBuilder("node", "firebase.mjs")
                    .directory(DIRECTORY.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs one command of {@code firebase.mjs}. */
    public JsonNode run(Map<String, Object> command) {
        try {
            commands.write(Json.text(command));
            commands.newLine();
            commands.flush();
            return TestApp.parse(String.valueOf(outcomes.readLine()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}

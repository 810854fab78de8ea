package io.keyswitch.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Public test data that is not part of this repository: {@code corpora/} and {@code wire/}. */
public final class TestData {
    private TestData() {}

    /** Whether the test data contains a file or directory. */
    public static boolean isPresent(String name) {
        return Files.exists(root().resolve(name));
    }

    private static Path root() {
        var configured = System.getenv("KEYSWITCH_TEST_DATA");
        return Path.of(configured == null || configured.isBlank() ? "../shared" : configured);
    }

    /**
     * Returns a file or directory of the test data. If it is missing, skips the calling test with a message, or fails it in
     * CI.
     */
    public static Path path(String name) {
        var path = root().resolve(name);
        if (!Files.exists(path)) {
            if ("true".equals(System.getenv("CI"))) {
                throw new AssertionError(
                        "test data is missing: set KEYSWITCH_TEST_DATA to the directory that holds " + name);
            }
            Assumptions.abort(
                    "skipped: no test data " + name + "; set KEYSWITCH_TEST_DATA to the directory that holds it");
        }
        return path;
    }
}

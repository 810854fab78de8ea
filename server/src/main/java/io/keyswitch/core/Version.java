package io.keyswitch.core;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The version of Keyswitch, which the build writes into a resource. */
public final class Version {
    public static final String CURRENT = read();

    private Version() {}

    private static String read() {
        try (var in = Version.class.getResourceAsStream("/version.txt")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

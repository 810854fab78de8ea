package io.keyswitch.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * The native libraries of SQLite and Netty for this machine. Both unpack them into the temporary directory at every start, unless they
 * find them elsewhere.
 */
final class NativeLibraries {
    private static final String NETTY = "META-INF/native/";

    private NativeLibraries() {}

    /** Writes those that exist for this machine. */
    static void copyTo(Path directory) throws IOException {
        Files.createDirectories(directory);
        copy(
                LibraryLoaderUtil.getNativeLibResourcePath().substring(1) + "/",
                LibraryLoaderUtil.getNativeLibName(),
                directory);
        copy(NETTY, System.mapLibraryName("netty_transport_native_epoll_" + nettyArchitecture()), directory);
    }

    private static void copy(String folder, String name, Path directory) throws IOException {
        try (var library = NativeLibraries.class.getClassLoader().getResourceAsStream(folder + name)) {
            if (library != null) {
                // A part of one must never be loaded.
                var aside = directory.resolve(name + ".new");
                Files.copy(library, aside, StandardCopyOption.REPLACE_EXISTING);
                Files.move(aside, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
            }
        }
    }

    private static String nettyArchitecture() {
        var architecture = System.getProperty("os.arch");
        return switch (architecture) {
            case "amd64" -> "x86_64";
            case "aarch64" -> "aarch_64";
            default -> architecture;
        };
    }
}

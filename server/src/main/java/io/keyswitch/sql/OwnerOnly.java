package io.keyswitch.sql;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets only the owner of a file read it, where the file system can: conversations are not encrypted. */
public final class OwnerOnly {
    private static final Logger LOG = LoggerFactory.getLogger(OwnerOnly.class);
    private static final Set<PosixFilePermission> MODE = PosixFilePermissions.fromString("rw-------");

    private OwnerOnly() {}

    private static boolean isPosix() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    }

    /**
     * Creates a file with mode 600.
     *
     * @throws java.nio.file.FileAlreadyExistsException if there is one
     */
    public static void create(Path file) throws IOException {
        if (isPosix()) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(MODE));
        } else {
            Files.createFile(file);
        }
    }

    /** Whether other users of the machine can read a file, where the file system knows that. */
    public static boolean isViolatedBy(Path file) throws IOException {
        return isPosix() && !MODE.containsAll(Files.getPosixFilePermissions(file));
    }

    /**
     * Changes the mode of a file that others may read to 600.
     *
     * @throws IOException if that is not possible; the message says what to do
     */
    static void repair(Path file) throws IOException {
        if (!isViolatedBy(file)) {
            return;
        }
        try {
            Files.setPosixFilePermissions(file, MODE);
        } catch (IOException _) {
            throw new IOException(
                    "other users can read %s, and this process cannot change that; as its owner, run: chmod 600 %1$s"
                            .formatted(file));
        }
        LOG.warn("other users could read {}; its mode is 600 now", file);
    }
}

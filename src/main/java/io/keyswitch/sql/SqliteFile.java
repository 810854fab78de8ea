package io.keyswitch.sql;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** The file of an SQLite database: conversations are nobody's business but its owner's. */
final class SqliteFile {
    private static final String PREFIX = "jdbc:sqlite:";

    private SqliteFile() {}

    /**
     * Creates the file, readable by its owner alone; SQLite gives its other files the same mode. A file that is there keeps
     * the mode its operator gave it.
     */
    static void createPrivate(String jdbcUrl) {
        var file = Path.of(jdbcUrl.substring(PREFIX.length()));
        if (Files.exists(file)
                || !FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

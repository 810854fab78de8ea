package io.keyswitch.sql;

import io.keyswitch.log.LimitedLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** The file of an SQLite database: conversations are nobody's business but its owner's. */
final class SqliteFile {
    private static final String PREFIX = "jdbc:sqlite:";
    private static final int LINES_A_MINUTE = 2;

    private final Path path;
    private final @Nullable Object identity;
    private final LimitedLog log = new LimitedLog(LoggerFactory.getLogger(SqliteFile.class), LINES_A_MINUTE);

    private SqliteFile(Path path, @Nullable Object identity) {
        this.path = path;
        this.identity = identity;
    }

    /**
     * The file of a database, created readable by its owner alone if it is missing; SQLite gives its other files the same
     * mode. A file that is there keeps the mode its operator gave it.
     */
    static SqliteFile of(String jdbcUrl) {
        var path = Path.of(jdbcUrl.substring(PREFIX.length()));
        try {
            if (!Files.exists(path)) {
                create(path);
            }
            return new SqliteFile(path, identity(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void create(Path path) throws IOException {
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } else {
            Files.createFile(path);
        }
    }

    /** What tells a file from another that has taken its name; null where the file system does not say. */
    private static @Nullable Object identity(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    }

    /**
     * Fails if the file was deleted, moved or replaced since it was opened. SQLite would go on writing to the old one, and
     * everything it acknowledges would be gone with the next start.
     *
     * @throws IllegalStateException if it is no longer there
     */
    void requireInPlace() {
        if (!isInPlace()) {
            log.error("{} was moved, deleted or replaced while it is open: put it back, or start again", path);
            throw new IllegalStateException("the database file is not in its place");
        }
    }

    private boolean isInPlace() {
        try {
            return Objects.equals(identity(path), identity);
        } catch (IOException _) {
            return false;
        }
    }
}

package io.keyswitch.sql;

import io.keyswitch.telemetry.LimitedLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The files of an SQLite database: the database itself, its write-ahead log and the log's shared index. SQLite continues writing
 * to a file that was deleted or replaced while it is open, and everything written to it is lost with the next start.
 */
final class SqliteFile {
    /** One of the files was moved, deleted or replaced. */
    static final class MisplacedException extends RuntimeException {
        MisplacedException(String message) {
            super(message);
        }
    }

    /**
     * A file as it was when the database was opened.
     *
     * @param identity tells it from another of the same name; null where the file system does not provide one
     */
    private record Opened(Path path, @Nullable Object identity) {
        static Opened of(Path path) throws IOException {
            return new Opened(path, identity(path));
        }

        private static @Nullable Object identity(Path path) throws IOException {
            return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        }

        boolean isInPlace() {
            try {
                return Objects.equals(identity(path), identity);
            } catch (IOException _) {
                return false;
            }
        }
    }

    private static final String PREFIX = "jdbc:sqlite:";
    private static final List<String> BESIDE = List.of("-wal", "-shm");

    private final Path path;
    private final LimitedLog log = new LimitedLog(LoggerFactory.getLogger(SqliteFile.class), 1);
    private volatile List<Opened> opened = List.of();

    private SqliteFile(Path path) {
        this.path = path;
    }

    /**
     * The file of a database, created readable by its owner alone if it is missing; SQLite gives its other files the same
     * mode. An existing file keeps the mode its operator gave it.
     */
    static SqliteFile of(String jdbcUrl) {
        var path = path(jdbcUrl);
        try {
            if (!Files.exists(path)) {
                create(path);
            }
            return new SqliteFile(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path path(String jdbcUrl) {
        return Path.of(jdbcUrl.substring(PREFIX.length()));
    }

    private static void create(Path path) throws IOException {
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } else {
            Files.createFile(path);
        }
    }

    /** Remembers which files the open connections use. To be called while a connection has them open. */
    void remember() {
        try {
            var files = new ArrayList<Opened>();
            files.add(Opened.of(path));
            for (var suffix : BESIDE) {
                files.add(Opened.of(path.resolveSibling(path.getFileName() + suffix)));
            }
            opened = List.copyOf(files);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Fails if a file was deleted, moved or replaced since it was opened.
     *
     * @throws MisplacedException if what is committed now would be lost
     */
    void requireInPlace() {
        for (var file : opened) {
            if (!file.isInPlace()) {
                log.error(
                        "{} was moved, deleted or replaced while it is open; nothing is stored until it is back in its place or"
                                + " the server is restarted",
                        file.path());
                throw new MisplacedException("a file of the database is not in its place");
            }
        }
    }

    /** Whether the database itself is where it was opened, so that the write-ahead log can be copied into it. */
    boolean isDatabaseInPlace() {
        return !opened.isEmpty() && opened.getFirst().isInPlace();
    }
}

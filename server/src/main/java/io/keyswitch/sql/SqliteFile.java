package io.keyswitch.sql;

import io.keyswitch.telemetry.LimitedLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The files of an SQLite database: the database, its write-ahead log and the log's shared index. If a file is deleted
 * or replaced while it is open, SQLite continues writing to the old one, and these writes are lost at the next start.
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
     * @param identity distinguishes it from another file of the same name; null if the file system has no file keys
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

    private static final String WRITE_AHEAD_LOG = "-wal";

    /** What follows the name of the database in the names of its files. */
    static final List<String> SUFFIXES = List.of("", WRITE_AHEAD_LOG, "-shm");

    private final Path path;
    private final LimitedLog log = new LimitedLog(LoggerFactory.getLogger(SqliteFile.class), 1);
    private volatile List<Opened> opened = List.of();

    private SqliteFile(Path path) {
        this.path = path;
    }

    /**
     * The file of a database. If it is missing, it is created with mode 600, which SQLite also applies to its other
     * files; files that others can read get that mode.
     */
    static SqliteFile of(Path path) {
        try {
            if (!Files.exists(path)) {
                OwnerOnly.create(path);
            }
            var file = new SqliteFile(real(path));
            OwnerOnly.repair(path);
            for (var existing : file.paths().skip(1).filter(Files::exists).toList()) {
                OwnerOnly.repair(existing);
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file that links lead to: SQLite's other files are beside it. */
    static Path real(Path path) throws IOException {
        return Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
    }

    /** A file beside that of a database. */
    static Path beside(Path real, String suffix) {
        return real.resolveSibling(real.getFileName() + suffix);
    }

    /** The write-ahead log of a database, which is there while a process uses it. */
    static Path writeAheadLog(Path real) {
        return beside(real, WRITE_AHEAD_LOG);
    }

    /** The database and the files beside it. */
    private Stream<Path> paths() {
        return SUFFIXES.stream().map(suffix -> beside(path, suffix));
    }

    /** Records the identity of the open files. To be called while a connection has them open. */
    void remember() {
        try {
            var files = new ArrayList<Opened>();
            for (var one : paths().toList()) {
                files.add(Opened.of(one));
            }
            opened = List.copyOf(files);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Checks that no file was deleted, moved or replaced since it was opened.
     *
     * @throws MisplacedException if one was, so that a commit would be lost
     */
    void requireInPlace() {
        for (var file : opened) {
            if (!file.isInPlace()) {
                log.error(
                        "{} was moved, deleted or replaced while open; writes fail until it is restored or the server"
                                + " is restarted",
                        file.path());
                throw new MisplacedException("a database file was moved, deleted or replaced");
            }
        }
    }

    /** Whether the database file is unchanged, so that the write-ahead log can be copied into it. */
    boolean isDatabaseInPlace() {
        return !opened.isEmpty() && opened.getFirst().isInPlace();
    }
}

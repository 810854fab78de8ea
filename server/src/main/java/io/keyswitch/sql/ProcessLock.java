package io.keyswitch.sql;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Lets one process at a time serve a SQLite file: what a process keeps in memory of keys and tokens is only right while no
 * other changes them. The operating system holds the lock, so that it ends with its process, however that ends. It is on a
 * file of its own, because closing any other descriptor of the database would drop SQLite's own locks.
 */
public final class ProcessLock implements AutoCloseable {
    static final String SUFFIX = ".lock";
    /** Beyond the content, which others can read so on every system. */
    private static final long LOCKED = Long.MAX_VALUE - 1;

    private static final int TRIES = 5;
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final FileChannel channel;

    private ProcessLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Locks a database for this process.
     *
     * @throws DatabaseInUseException if another process, or another server of this one, holds the lock
     * @throws DatabaseUnavailableException if the lock file cannot be created
     */
    public static ProcessLock acquire(Path database) {
        try {
            var file = lockFile(database);
            create(file);
            var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (lockWithinPatience(channel) == null) {
                var holder = holder(channel);
                channel.close();
                throw new DatabaseInUseException(
                        "%s is already served by %s: stop that one, or give this one another database (for the demo, another directory with --data)"
                                .formatted(database.toAbsolutePath().normalize(), holder));
            }
            name(channel);
            return new ProcessLock(channel);
        } catch (IOException e) {
            throw new DatabaseUnavailableException(
                    "database.url cannot be locked (its directory must exist and be writable)", e);
        }
    }

    /** The process that serves a database; null if none does. Creates nothing. */
    public static @Nullable String holder(Path database) {
        try {
            var file = lockFile(database);
            if (!Files.exists(file)) {
                return null;
            }
            try (var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                return tryLock(channel) == null ? holder(channel) : null;
            }
        } catch (IOException _) {
            return null;
        }
    }

    /** Beside the file itself, whatever links lead to it. */
    private static Path lockFile(Path database) throws IOException {
        return SqliteFile.beside(SqliteFile.real(database), SUFFIX);
    }

    private static void create(Path file) throws IOException {
        try {
            OwnerOnly.create(file);
        } catch (FileAlreadyExistsException _) {
            // It stays when its process ends: removing it could take it from one that has just locked it.
        }
    }

    /** Whoever only asks for the holder has the lock for an instant. */
    private static @Nullable FileLock lockWithinPatience(FileChannel channel) throws IOException {
        var lock = tryLock(channel);
        for (int tries = 0; lock == null && tries < TRIES; tries++) {
            LockSupport.parkNanos(PAUSE.toNanos());
            lock = tryLock(channel);
        }
        return lock;
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock(LOCKED, 1, false);
        } catch (OverlappingFileLockException _) {
            return null;
        }
    }

    private static void name(FileChannel channel) throws IOException {
        var since = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        var name = "process %d since %s".formatted(ProcessHandle.current().pid(), since);
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(name.getBytes(StandardCharsets.UTF_8)), 0);
    }

    private static String holder(FileChannel channel) throws IOException {
        var bytes = ByteBuffer.allocate(200);
        channel.read(bytes, 0);
        var name = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8).strip();
        return name.isEmpty() ? "another process" : name;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException _) {
            // The lock ends with the process.
        }
    }
}

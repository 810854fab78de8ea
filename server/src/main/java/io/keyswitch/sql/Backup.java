package io.keyswitch.sql;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import org.sqlite.SQLiteConfig;

/** Copies a database to a new file, also while a server uses it. */
public final class Backup {
    private Backup() {}

    /**
     * Makes a backup that only its owner can read, and checks it. Without success, there is no file.
     *
     * @throws java.nio.file.FileAlreadyExistsException if the target exists
     * @throws DatabaseUnavailableException if the database cannot be read, or the target cannot be written
     */
    public static StoredDatabase.Size make(Path database, Path target) throws IOException {
        OwnerOnly.create(target);
        try {
            copy(database, target);
            sync(target);
            var copy = new DatabaseFile(target);
            copy.requireSound();
            return copy.read(copy::size);
        } catch (IOException | RuntimeException e) {
            Files.delete(target);
            throw e;
        }
    }

    /** SQLite writes into an empty file only, whose mode it keeps. */
    private static void copy(Path database, Path target) {
        var config = new SQLiteConfig();
        config.setBusyTimeout(SqliteDatabase.BUSY_TIMEOUT_MILLIS);
        try (var connection = config.createConnection(SqliteDatabase.url(database));
                var statement = connection.prepareStatement("VACUUM INTO ?")) {
            statement.setString(1, target.toString());
            statement.execute();
        } catch (SQLException e) {
            throw new DatabaseUnavailableException(database + " cannot be copied to " + target, e);
        }
    }

    /** SQLite leaves this to the caller. */
    private static void sync(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }
}

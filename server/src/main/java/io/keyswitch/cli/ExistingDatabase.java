package io.keyswitch.cli;

import io.keyswitch.settings.Settings;
import io.keyswitch.settings.SettingsException;
import io.keyswitch.sql.Database;
import io.keyswitch.sql.DatabaseLocation;
import io.keyswitch.sql.DatabaseReader;
import io.keyswitch.sql.DatabaseUnavailableException;
import io.keyswitch.sql.StoredDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The database that a command reads. */
final class ExistingDatabase {
    private ExistingDatabase() {}

    /**
     * Opens it.
     *
     * @throws SettingsException if it does not exist: opening it would create an empty database
     */
    static Database open(Settings settings) {
        if (settings.database() instanceof DatabaseLocation.File file) {
            requireFile(file);
        }
        return Database.open(settings.database());
    }

    /**
     * Reads it as it is.
     *
     * @throws SettingsException if it does not exist, or is of another version of Keyswitch
     * @throws DatabaseUnavailableException if it cannot be reached or read
     */
    static DatabaseReader read(Settings settings) {
        if (settings.database() instanceof DatabaseLocation.File file) {
            requireFile(file);
        }
        var database = StoredDatabase.at(settings.database());
        switch (database.version()) {
            case StoredDatabase.Version.Current _ -> {}
            case StoredDatabase.Version.Older _ -> throw otherVersion(settings, "an older version: serve migrates it");
            case StoredDatabase.Version.Newer _ ->
                throw otherVersion(settings, "a newer version: run that version of Keyswitch");
        }
        return database;
    }

    private static SettingsException otherVersion(Settings settings, String version) {
        return new SettingsException(
                List.of("the tables of the database at %s are of %s".formatted(settings.database(), version)));
    }

    /**
     * Its file.
     *
     * @param otherwise what to do for a database that is none
     * @throws SettingsException if it does not exist or is none
     */
    static Path file(Settings settings, String otherwise) {
        return switch (settings.database()) {
            case DatabaseLocation.File file -> requireFile(file);
            case DatabaseLocation.Server server ->
                throw new SettingsException(
                        List.of("the database is not a file but at %s: %s".formatted(server, otherwise)));
        };
    }

    private static Path requireFile(DatabaseLocation.File file) {
        if (!Files.exists(file.path())) {
            throw new SettingsException(List.of("there is no database at %s: name the one to read with --config or %s"
                    .formatted(file, "KEYSWITCH_DATABASE_URL")));
        }
        return file.path();
    }
}

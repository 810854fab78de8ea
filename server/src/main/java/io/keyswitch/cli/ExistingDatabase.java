package io.keyswitch.cli;

import io.keyswitch.settings.Settings;
import io.keyswitch.settings.SettingsException;
import io.keyswitch.sql.Database;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Finds the database that a command reads. */
final class ExistingDatabase {
    private ExistingDatabase() {}

    /**
     * The file of the database.
     *
     * @throws SettingsException if it does not exist: opening it would create an empty database
     */
    static Path of(Settings settings) {
        var file = Database.file(settings.database().url());
        if (!Files.exists(file)) {
            throw new SettingsException(List.of("there is no database at %s: name the one to read with --config or %s"
                    .formatted(file.toAbsolutePath(), "KEYSWITCH_DATABASE_URL")));
        }
        return file;
    }
}

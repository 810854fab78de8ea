package io.keyswitch.cli;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;

/** Makes an SQLite database look like one of another version of Keyswitch. */
final class Migrations {
    private Migrations() {}

    /** As a later version leaves it. */
    static void addLater(Path database) throws SQLException {
        change(
                database,
                "INSERT INTO flyway_schema_history (installed_rank, version, description, type, script, installed_by,"
                        + " execution_time, success) VALUES (99, '99', 'later', 'SQL', 'V99__later.sql', '', 1, 1)");
    }

    /** As an earlier version leaves it. */
    static void forgetLast(Path database) throws SQLException {
        change(
                database,
                "DELETE FROM flyway_schema_history WHERE installed_rank >="
                        + " (SELECT max(installed_rank) FROM flyway_schema_history WHERE installed_rank < 99)");
    }

    static void change(Path database, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                var statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }
}

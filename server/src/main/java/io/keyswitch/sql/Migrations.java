package io.keyswitch.sql;

import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.ConnectionFactory;
import org.jspecify.annotations.Nullable;

/** The steps that create and change the tables. Those of the directory {@code db} are the same for all databases. */
final class Migrations {
    /** The script of the newest step, in whichever directory it is. */
    static final String NEWEST = "V14__model_named_in_words.sql";

    private Migrations() {}

    /**
     * The steps for a database.
     *
     * @param own the resource directory of the steps for its kind alone
     * @param schema the schema of the tables, created if it does not exist; null for the connection's
     */
    static Flyway of(DataSource source, String own, @Nullable String schema) {
        var configuration = Flyway.configure()
                .dataSource(source)
                .locations("classpath:db", "classpath:" + own)
                .loggers("slf4j");
        return (schema == null ? configuration : configuration.defaultSchema(schema)).load();
    }

    /**
     * Whether the newest step was the last one that was run, as at nearly every start. Flyway also compares the checksums of all
     * steps, and takes a tenth of a start.
     */
    static boolean areDone(ConnectionFactory database) {
        try (var connection = database.openConnection();
                var statement = connection.createStatement();
                var steps = statement.executeQuery(
                        "SELECT script, success FROM flyway_schema_history ORDER BY installed_rank DESC")) {
            return steps.next() && NEWEST.equals(steps.getString("script")) && steps.getBoolean("success");
        } catch (SQLException _) {
            // A new database has no such table; why one cannot be reached, Flyway says.
            return false;
        }
    }
}

package io.keyswitch.sql;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;

/** The steps that create and change the tables. Those of the directory {@code db} are the same for all databases. */
final class Migrations {
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
}

package io.keyswitch.testing;

import io.keyswitch.sql.Database;
import io.keyswitch.sql.DatabaseLocation;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An empty database for a test: an SQLite file, or in the run for PostgreSQL a schema of a server that all tests of the
 * process share. That server is real, and its user is not a superuser.
 */
public final class TestDatabase {
    /** The system property that the build sets for its run on PostgreSQL. */
    public static final boolean ON_POSTGRESQL = "postgresql".equals(System.getProperty("keyswitch.test.database"));

    private static final String USER = "keyswitch";

    private static @Nullable EmbeddedPostgres server;

    private final DatabaseLocation location;

    private TestDatabase(DatabaseLocation location) {
        this.location = location;
    }

    /** The database of a directory, of the kind that this run is for; empty at first. */
    public static TestDatabase in(Path directory) {
        return ON_POSTGRESQL
                ? postgresql(UUID.nameUUIDFromBytes(directory.toString().getBytes(StandardCharsets.UTF_8)))
                : sqlite(directory);
    }

    public static TestDatabase sqlite(Path directory) {
        return new TestDatabase(new DatabaseLocation.File(directory.resolve("keyswitch.db")));
    }

    /** An empty database on PostgreSQL. */
    public static TestDatabase postgresql() {
        return postgresql(UUID.randomUUID());
    }

    private static TestDatabase postgresql(UUID name) {
        var schema = "test_" + name.toString().replace("-", "");
        return new TestDatabase(
                new DatabaseLocation.Server(server().getJdbcUrl(USER, "postgres"), null, null, schema, 10));
    }

    /** An empty database on a server of its own. */
    public static TestDatabase on(EmbeddedPostgres server) {
        return new TestDatabase(
                new DatabaseLocation.Server(server.getJdbcUrl(USER, "postgres"), null, null, "keyswitch", 10));
    }

    private static synchronized EmbeddedPostgres server() {
        if (server == null) {
            try {
                server = EmbeddedPostgres.builder()
                        .setServerConfig("max_connections", "500")
                        .setServerConfig("fsync", "off")
                        .start();
                createUser(server);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return server;
    }

    /** Creates the user that programs sign in as. */
    public static void createUser(EmbeddedPostgres server) {
        execute(server, "CREATE ROLE keyswitch LOGIN", "GRANT ALL ON DATABASE postgres TO keyswitch");
    }

    /** Runs statements as the administrator of a server. */
    public static void execute(EmbeddedPostgres server, String... statements) {
        try (var connection = server.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            for (var one : statements) {
                statement.execute(one);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public boolean isPostgresql() {
        return location instanceof DatabaseLocation.Server;
    }

    public DatabaseLocation location() {
        return location;
    }

    /** The file of an SQLite database. */
    public Path file() {
        if (location instanceof DatabaseLocation.File(var path)) {
            return path;
        }
        throw new IllegalStateException("this test needs an SQLite file");
    }

    /** The section of a settings file. */
    public String yaml() {
        return switch (location) {
            case DatabaseLocation.File(var path) -> "database: {url: 'jdbc:sqlite:%s'}\n".formatted(path);
            case DatabaseLocation.Server at ->
                "database: {url: '%s', schema: %s, connections: %d}\n"
                        .formatted(at.url(), at.schema(), at.connections());
        };
    }

    public Database open() {
        return Database.open(location);
    }

    /** A connection beside the one of the program. */
    public Connection connect() throws SQLException {
        return switch (location) {
            case DatabaseLocation.File(var path) -> DriverManager.getConnection("jdbc:sqlite:" + path);
            case DatabaseLocation.Server at -> {
                var connection = DriverManager.getConnection(at.url());
                connection.setSchema(at.schema());
                yield connection;
            }
        };
    }
}

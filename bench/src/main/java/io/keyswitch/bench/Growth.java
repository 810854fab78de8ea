package io.keyswitch.bench;

import com.sun.net.httpserver.HttpServer;
import io.keyswitch.core.UserId;
import io.keyswitch.provider.Endpoint;
import io.keyswitch.provider.ProviderId;
import io.keyswitch.secret.ApiKey;
import io.keyswitch.secret.KeyPlace;
import io.keyswitch.secret.MasterKeys;
import io.keyswitch.secret.Vault;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What operations cost with many users stored, as a ratio to what they cost with few: both servers run at the same time and
 * are asked in turn, each time for a user who was not asked for before.
 *
 * <p>{@code Growth LAUNCHER DIRECTORY FEW MANY}. Each user has ten messages in two threads, a key, a model, a token and what the audit log says of them.
 */
final class Growth {
    private static final int WARM_UP = 150;
    private static final int SAMPLES = 300;
    /** What an operation may cost with many users, in relation to what it costs with few. */
    private static final double MAX_RATIO = 1.2;

    private static final int STARTS = 11;
    private static final int CHUNK = 20_000;
    private static final List<String> TABLES = List.of(
            "thread", "message", "model_config", "model_config_revision", "daily_use", "audit_event", "personal_token");

    /** Columns whose values are no other user's. */
    private static final Set<String> UNIQUE = Set.of("event_id", "token_digest");

    /** An operation of a user. */
    private record Operation(String name, String function, String data) {}

    private static final List<Operation> OPERATIONS = List.of(
            new Operation("read the config", "getUserModelConfig", "{}"),
            new Operation("send a message", "sendChatMessage", "{\"threadId\":\"t1\",\"message\":\"hello\"}"),
            new Operation("list the threads", "listThreads", "{}"),
            new Operation(
                    "list further threads",
                    "listThreads",
                    "{\"pageToken\":\"%s\"}".formatted(token("999999999999999 t"))),
            new Operation("read a thread", "getThread", "{\"threadId\":\"t1\",\"newest\":true}"),
            new Operation(
                    "page through a thread",
                    "getThread",
                    "{\"threadId\":\"t1\",\"newest\":true,\"pageToken\":\"%s\"}".formatted(token("5"))),
            new Operation("delete a thread", "deleteThread", "{\"threadId\":\"t2\"}"),
            new Operation("delete the key", "deleteApiKey", "{\"provider\":\"fast\"}"),
            new Operation("delete the config", "deleteUserModelConfig", "{}"));

    /** Of a user of whom nothing else is deleted before. */
    private static final Operation DELETION = new Operation("delete the user", "deleteUserData", "{\"confirm\":true}");

    private static String token(String place) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(place.getBytes(StandardCharsets.UTF_8));
    }

    /** A database of a server, and how many users it is filled with. */
    private record Filled(String name, String url, String schema, int users) {
        private Connection connect() throws SQLException {
            var connection = DriverManager.getConnection(url);
            if (!schema.isEmpty()) {
                connection.setSchema(schema);
            }
            return connection;
        }

        private String settings(String provider) {
            return """
                    database: {url: "%s"%s}
                    providers:
                      fast: {baseUrl: "%s", defaultModel: m-1, check: {get: /models}}
                    """.formatted(url, schema.isEmpty() ? "" : ", schema: " + schema, provider);
        }
    }

    private final Path launcher;
    private final Path directory;
    private final String masterKey = MasterKeys.generate();
    private final Vault vault = new Vault(MasterKeys.parse(masterKey));
    private final String provider;

    private Growth(Path launcher, Path directory, String provider) {
        this.launcher = launcher;
        this.directory = directory;
        this.provider = provider;
    }

    public static void main(String[] arguments) throws Exception {
        var directory = Path.of(arguments[1]);
        int few = Integer.parseInt(arguments[2]);
        int many = Integer.parseInt(arguments[3]);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var provider = provider();
            provider.setExecutor(threads);
            provider.start();
            try {
                var url = "http://127.0.0.1:" + provider.getAddress().getPort();
                var growth = new Growth(Path.of(arguments[0]), directory, url);
                boolean bounded = growth.compareOnSqlite(few, many);
                bounded &= growth.compareOnPostgresql(few, many);
                if (!bounded) {
                    System.err.printf(
                            "bench: a ratio is above %.1f: run it again on a quiet machine to be sure%n", MAX_RATIO);
                    System.exit(1);
                }
            } finally {
                provider.stop(0);
            }
        }
    }

    private static HttpServer provider() throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                var body = (exchange.getRequestMethod().equals("GET")
                                ? "{\"data\":[{\"id\":\"m-1\"}]}"
                                : "{\"choices\":[{\"message\":{\"content\":\"Hello there.\"},\"finish_reason\":\"stop\"}]}")
                        .getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        return server;
    }

    private boolean compareOnSqlite(int few, int many) throws Exception {
        var databases = IntStream.of(few, many)
                .mapToObj(users -> new Filled(
                        "sqlite" + users, "jdbc:sqlite:" + directory.resolve("users" + users + ".db"), "", users))
                .toList();
        return compare("SQLite", databases.getFirst(), databases.getLast());
    }

    private boolean compareOnPostgresql(int few, int many) throws Exception {
        try (var server = EmbeddedPostgres.builder()
                .setDataDirectory(directory.resolve("postgres"))
                .setServerConfig("max_wal_size", "8GB")
                // As PostgreSQL advises where much is stored; its default of 128 MB is for small databases.
                .setServerConfig("shared_buffers", "2GB")
                .start()) {
            var url = server.getJdbcUrl("postgres", "postgres");
            return compare(
                    "PostgreSQL",
                    new Filled("postgresql" + few, url, "few", few),
                    new Filled("postgresql" + many, url, "many", many));
        }
    }

    /** @return whether everything costs about the same */
    private boolean compare(String kind, Filled few, Filled many) throws Exception {
        fill(few);
        fill(many);
        try (var first = start(few);
                var second = start(many)) {
            var firstUsers = new Random(1).ints(1, few.users()).distinct().iterator();
            var secondUsers = new Random(1).ints(1, many.users()).distinct().iterator();
            var times = new LinkedHashMap<String, List<double[]>>();
            for (int i = 0; i < WARM_UP + SAMPLES; i++) {
                boolean counts = i >= WARM_UP;
                boolean swapped = i % 2 == 1;
                var one = user(firstUsers.nextInt());
                var other = user(secondUsers.nextInt());
                for (var operation : OPERATIONS) {
                    var pair = measure(first, one, second, other, operation, swapped);
                    if (counts) {
                        times.computeIfAbsent(operation.name(), _ -> new ArrayList<>())
                                .add(pair);
                    }
                }
                var pair = measure(
                        first, user(firstUsers.nextInt()), second, user(secondUsers.nextInt()), DELETION, swapped);
                if (counts) {
                    times.computeIfAbsent(DELETION.name(), _ -> new ArrayList<>())
                            .add(pair);
                }
            }
            for (int i = 0; i < STARTS; i++) {
                times.computeIfAbsent("start", _ -> new ArrayList<>()).add(new double[] {
                    first.restart().toNanos() / 1e6, second.restart().toNanos() / 1e6
                });
            }
            return print(kind, few, many, times);
        }
    }

    private Keyswitch start(Filled database) throws IOException, InterruptedException {
        return new Keyswitch(
                launcher,
                directory.resolve(database.name()),
                database.settings(provider),
                Map.of("LLM_SETTINGS_ENCRYPTION_KEY", masterKey));
    }

    /** Asks both servers, one after the other. */
    private static double[] measure(
            Keyswitch first, String one, Keyswitch second, String other, Operation operation, boolean swapped)
            throws IOException, InterruptedException {
        double late = swapped ? measure(second, other, operation) : 0;
        double early = measure(first, one, operation);
        return new double[] {early, swapped ? late : measure(second, other, operation)};
    }

    private static double measure(Keyswitch server, String user, Operation operation)
            throws IOException, InterruptedException {
        long begun = System.nanoTime();
        server.call(user, operation.function(), operation.data());
        return (System.nanoTime() - begun) / 1e6;
    }

    private static boolean print(String kind, Filled few, Filled many, Map<String, List<double[]>> times) {
        System.out.printf(
                "%n%s, medians in ms      %,11d users  %,11d users   ratio%n", kind, few.users(), many.users());
        boolean bounded = true;
        for (var operation : times.entrySet()) {
            double first = median(operation.getValue(), 0);
            double second = median(operation.getValue(), 1);
            double ratio = second / first;
            System.out.printf("%-32s %10.2f %18.2f %8.2f%n", operation.getKey(), first, second, ratio);
            bounded &= ratio <= MAX_RATIO;
        }
        return bounded;
    }

    private static double median(List<double[]> pairs, int index) {
        var sorted = pairs.stream().mapToDouble(pair -> pair[index]).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    /** Of equal length, so that they sort like their numbers. */
    private static String user(int number) {
        return "u%09d".formatted(number);
    }

    private static UserId id(int number) {
        return new UserId("firebase/bench/" + user(number));
    }

    /** The first user does what all are to have done; the others get copies of the rows. */
    private void fill(Filled database) throws Exception {
        if (!database.schema().isEmpty()) {
            try (var connection = DriverManager.getConnection(database.url());
                    var statement = connection.createStatement()) {
                statement.execute("CREATE SCHEMA " + database.schema());
            }
        }
        try (var server = start(database)) {
            var user = user(0);
            server.call(user, "updateUserModelConfig", """
                    {"provider":"fast","modelId":"m-1","apiKey":"the-key-of-user-0"}""");
            server.call(user, "createPersonalToken", "{\"name\":\"laptop\"}");
            for (int i = 0; i < 5; i++) {
                server.call(user, "sendChatMessage", """
                        {"threadId":"%s","message":"What did I say before this, and what did you answer? (%d)"}""".formatted(i < 3 ? "t1" : "t2", i));
            }
        }
        long begun = System.nanoTime();
        try (var connection = database.connect()) {
            connection.setAutoCommit(false);
            for (int from = 1; from < database.users(); from += CHUNK) {
                fill(connection, from, Math.min(from + CHUNK, database.users()));
                connection.commit();
                if (from % (10 * CHUNK) == 1 && from > 1) {
                    System.err.printf("%s: %,d of %,d users%n", database.name(), from - 1, database.users());
                }
            }
            connection.setAutoCommit(true);
            try (var statement = connection.createStatement()) {
                statement.execute(database.schema().isEmpty() ? "PRAGMA wal_checkpoint(TRUNCATE)" : "VACUUM ANALYZE");
            }
        }
        System.err.printf(
                "%s: %,d users in %d s%n",
                database.name(),
                database.users(),
                Duration.ofNanos(System.nanoTime() - begun).toSeconds());
    }

    private void fill(Connection connection, int from, int to) throws SQLException {
        for (var table : TABLES) {
            copyRows(connection, table, from, to);
        }
        try (var keys = connection.prepareStatement("""
                INSERT INTO api_key (user_id, provider, name, key_hint, master_key_id, sealed_key, base_url, saved_at, checked_at)
                VALUES (?, 'fast', 'default', ?, ?, ?, ?, 0, 0)
                """)) {
            for (int i = from; i < to; i++) {
                var key = ApiKey.of("the-key-of-user-" + i);
                var place = new KeyPlace.Of(id(i), new ProviderId("fast"), new Endpoint(provider));
                var sealed = vault.seal(key, place);
                keys.setString(1, id(i).value());
                keys.setString(2, key.hint());
                keys.setString(3, sealed.masterKeyId());
                keys.setString(4, sealed.record());
                keys.setString(5, provider);
                keys.addBatch();
            }
            keys.executeBatch();
        }
    }

    private static void copyRows(Connection connection, String table, int from, int to) throws SQLException {
        var columns = new ArrayList<String>();
        try (var statement = connection.createStatement();
                var empty = statement.executeQuery("SELECT * FROM " + table + " WHERE 1 = 0")) {
            for (int i = 1; i <= empty.getMetaData().getColumnCount(); i++) {
                columns.add(empty.getMetaData().getColumnName(i));
            }
        }
        var copied = columns.stream()
                .map(column -> column.equals("user_id")
                        ? "users.id"
                        : UNIQUE.contains(column) ? "row_of." + column + " || users.id" : "row_of." + column)
                .collect(Collectors.joining(", "));
        try (var statement = connection.prepareStatement("""
                WITH RECURSIVE numbers (i) AS (SELECT ? UNION ALL SELECT i + 1 FROM numbers WHERE i + 1 < ?),
                users (id) AS (SELECT 'firebase/bench/u' || substr('000000000' || i, length('000000000' || i) - 8) FROM numbers)
                INSERT INTO %1$s (%2$s) SELECT %3$s FROM users CROSS JOIN %1$s row_of WHERE row_of.user_id = ?
                """.formatted(table, String.join(", ", columns), copied))) {
            statement.setInt(1, from);
            statement.setInt(2, to);
            statement.setString(3, id(0).value());
            statement.execute();
        }
    }
}

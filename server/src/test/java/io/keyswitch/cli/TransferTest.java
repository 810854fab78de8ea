package io.keyswitch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.core.Json;
import io.keyswitch.secret.MasterKeys;
import io.keyswitch.settings.SettingsLoader;
import io.keyswitch.testing.Command;
import io.keyswitch.testing.Program;
import io.keyswitch.testing.TestApp;
import io.keyswitch.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Everything of a user or of all goes out of one database and into another, of the same kind or the other one. */
@Timeout(300)
class TransferTest {
    private static final String KEY = "sk-canary0abcdefghij1a2b";
    private static final List<String> NOT_MOVED =
            List.of("flyway_schema_history", "held_key", "node", "call_signature", "request_rate");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private static void use(TestApp app, String user) {
        app.call("updateUserModelConfig", Map.of("provider", "openai", "modelId", "gpt-5.5", "apiKey", KEY), user);
        app.call(
                "updateUserModelConfig",
                Map.of("provider", "groq", "modelId", "sim-echo", "useProjectKey", true),
                user);
        app.call("createPersonalToken", Map.of("name", "laptop of " + user), user);
        for (int i = 0; i < 3; i++) {
            app.chat(user, "t" + i, "I am \0 " + user + ", \uD83D\uDE00 \"quoted\"\n" + i);
        }
        app.chat(user, "t0", "I want to change my model");
    }

    private Command run(TestDatabase database, String masterKey, String... arguments) throws Exception {
        Files.writeString(directory.resolve("keyswitch.yaml"), database.yaml());
        return Command.run(directory, Map.of(SettingsLoader.MASTER_KEY_VARIABLE, masterKey), arguments);
    }

    /** All rows of all tables, as text, by table. */
    private static Map<String, Set<String>> rows(TestDatabase database) throws SQLException {
        var rows = new TreeMap<String, Set<String>>();
        try (var connection = database.connect();
                var tables =
                        connection.getMetaData().getTables(null, connection.getSchema(), "%", new String[] {"TABLE"})) {
            while (tables.next()) {
                var table = tables.getString("TABLE_NAME");
                if (NOT_MOVED.contains(table) || table.startsWith("sqlite_")) {
                    continue;
                }
                var found = rows.computeIfAbsent(table, _ -> new TreeSet<>());
                try (var all = connection.createStatement().executeQuery("SELECT * FROM " + table)) {
                    var columns = all.getMetaData().getColumnCount();
                    while (all.next()) {
                        var row = new TreeMap<String, String>();
                        for (int i = 1; i <= columns; i++) {
                            row.put(all.getMetaData().getColumnName(i), String.valueOf(all.getObject(i)));
                        }
                        found.add(row.toString());
                    }
                }
            }
        }
        return rows;
    }

    private TestDatabase empty(String kind) throws IOException {
        return kind.equals("PostgreSQL")
                ? TestDatabase.postgresql()
                : TestDatabase.sqlite(Files.createTempDirectory(directory, "target"));
    }

    @ParameterizedTest
    @Tag("database")
    @ValueSource(strings = {"SQLite", "PostgreSQL"})
    void everythingIsMovedAndKeysStayEncrypted(String target) throws Exception {
        try (var app = TestApp.start()) {
            use(app, "alice");
            use(app, "bob");
            var exported = run(app.data(), app.masterKey(), "export", "all.jsonl");
            assertThat(exported.exitCode()).as(exported.err()).isZero();
            assertThat(exported.out()).contains("Exported ").contains("Conversations in it are not encrypted.");
            var file = directory.resolve("all.jsonl");
            assertThat(Files.readString(file)).doesNotContain(KEY);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");

            var other = empty(target);
            var imported = run(other, app.masterKey(), "import", "all.jsonl");
            assertThat(imported.exitCode()).as(imported.err()).isZero();
            assertThat(imported.err()).contains("100 %");
            assertThat(rows(other)).isEqualTo(rows(app.data()));
            assertThat(rows(other).get("api_key")).hasSize(2);

            var again = run(other, app.masterKey(), "import", "all.jsonl");
            assertThat(again.out())
                    .contains("Users imported: 0, with 0 rows.")
                    .contains("Users who were there already and stay as they are: 2.");
            assertThat(rows(other)).isEqualTo(rows(app.data()));
        }
    }

    @Test
    @Tag("database")
    void oneUserIsMovedWithPlainKeysUnderAnotherMasterKey() throws Exception {
        try (var app = TestApp.start();
                var other = TestApp.start()) {
            use(app, "alice");
            use(app, "bob");
            var exported = run(
                    app.data(),
                    app.masterKey(),
                    "export",
                    "alice.jsonl",
                    "--user",
                    "firebase/demo-keyswitch/alice",
                    "--plain-keys");
            assertThat(exported.out()).contains("The API keys in it are not encrypted either");
            assertThat(Files.readString(directory.resolve("alice.jsonl")))
                    .contains(KEY)
                    .doesNotContain("bob");
            other.restartAfter(() -> {
                try {
                    var imported = run(other.data(), other.masterKey(), "import", "alice.jsonl");
                    assertThat(imported.exitCode()).as(imported.err()).isZero();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            var keys = other.call("listApiKeys", Map.of(), "alice").path("keys");
            assertThat(keys.path(0).path("provider").stringValue()).isEqualTo("openai");
            assertThat(other.call("listThreads", Map.of(), "alice").path("threads"))
                    .hasSize(3);
            assertThat(other.call("listThreads", Map.of(), "bob").path("threads"))
                    .isEmpty();
            assertThat(rows(other.data()).toString()).doesNotContain(KEY);
        }
    }

    @Test
    @Tag("database")
    void whatUsersHaveDoneSinceIsKept() throws Exception {
        try (var app = TestApp.start()) {
            use(app, "alice");
            run(app.data(), app.masterKey(), "export", "all.jsonl");
            app.chat("alice", "t1", "newer than the export");
            app.call("updateUserModelConfig", Map.of("provider", "openai", "modelId", "gpt-5.4-mini"), "alice");
            app.restartAfter(() -> {
                try {
                    assertThat(run(app.data(), app.masterKey(), "import", "all.jsonl")
                                    .exitCode())
                            .isZero();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            assertThat(app.call("getThread", Map.of("threadId", "t1"), "alice").toString())
                    .contains("newer than the export");
            assertThat(app.call("getUserModelConfig", Map.of(), "alice").toString())
                    .contains("gpt-5.4-mini");
        }
    }

    @Test
    @Tag("database")
    void usersAreReplacedIfThatIsAskedFor() throws Exception {
        try (var app = TestApp.start()) {
            use(app, "alice");
            use(app, "bob");
            run(app.data(), app.masterKey(), "export", "first.jsonl");
            app.chat("alice", "t1", "one more");
            app.call("deleteThread", Map.of("threadId", "t2"), "alice");
            run(app.data(), app.masterKey(), "export", "second.jsonl");
            var other = empty("SQLite");
            run(other, app.masterKey(), "import", "first.jsonl");
            var replaced = run(other, app.masterKey(), "import", "second.jsonl", "--replace");
            assertThat(replaced.out()).contains("Users imported: 2,");
            assertThat(rows(other)).isEqualTo(rows(app.data()));
        }
    }

    @Test
    @Tag("database")
    void whatUsersHaveDeletedDoesNotComeBack() throws Exception {
        try (var app = TestApp.start()) {
            use(app, "alice");
            var token = app.call("listPersonalTokens", Map.of(), "alice")
                    .path("tokens")
                    .path(0);
            run(app.data(), app.masterKey(), "export", "all.jsonl");
            app.call("deleteApiKey", Map.of("provider", "openai"), "alice");
            app.call("revokePersonalToken", Map.of("id", token.path("id").stringValue()), "alice");
            app.call("deleteThread", Map.of("threadId", "t2"), "alice");
            app.restartAfter(() -> {
                try {
                    var before = rows(app.data());
                    assertThat(run(app.data(), app.masterKey(), "import", "all.jsonl")
                                    .out())
                            .contains("stay as they are: 1.");
                    assertThat(rows(app.data())).isEqualTo(before);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
        }
    }

    @Test
    void anExportThatCannotBeWrittenLeavesNoFile() throws Exception {
        try (var app = TestApp.start()) {
            app.call(
                    "updateUserModelConfig",
                    Map.of("provider", "groq", "modelId", "sim-echo", "useProjectKey", true),
                    "alice");
            for (int i = 0; i < 25; i++) {
                app.chat("alice", "t" + i, "x".repeat(99_000));
            }
            Files.writeString(directory.resolve("keyswitch.yaml"), app.data().yaml());
            var limited = Command.shell(
                    directory,
                    Map.of(SettingsLoader.MASTER_KEY_VARIABLE, app.masterKey()),
                    "ulimit -f 4096",
                    "export",
                    "all.jsonl",
                    "--plain-keys");
            assertThat(limited.exitCode()).isOne();
            assertThat(limited.err()).contains("all.jsonl cannot be written: ");
            assertThat(directory.resolve("all.jsonl")).doesNotExist();
            assertThat(directory.resolve("all.jsonl.part")).doesNotExist();
        }
    }

    @Test
    void aFileOfAnotherFormatIsRefused() throws Exception {
        Files.writeString(directory.resolve("old.jsonl"), "{\"keyswitch\":\"export\",\"masterKeys\":[]}\n");
        assertThat(run(empty("SQLite"), MasterKeys.generate(), "import", "old.jsonl")
                        .err())
                .contains("the file is written by another version");
    }

    @Test
    void aFileThatIsCutOffIsCompletedByTheWholeOne() throws Exception {
        try (var app = TestApp.start()) {
            use(app, "alice");
            app.restartAfter(() -> storeConfigs(app.data(), 2_000));
            run(app.data(), app.masterKey(), "export", "all.jsonl");
            var lines = Files.readAllLines(directory.resolve("all.jsonl"));
            Files.write(directory.resolve("cut.jsonl"), lines.subList(0, lines.size() / 2));
            var other = empty("SQLite");
            var cut = run(other, app.masterKey(), "import", "cut.jsonl");
            assertThat(cut.exitCode()).isOne();
            assertThat(cut.err()).contains("before its last one: it was cut off");
            assertThat(rows(other).get("model_config")).hasSizeBetween(400, 1_500);
            assertThat(run(other, app.masterKey(), "import", "all.jsonl").exitCode())
                    .isZero();
            assertThat(rows(other)).isEqualTo(rows(app.data()));
        }
    }

    @ParameterizedTest
    @Tag("database")
    @ValueSource(strings = {"SQLite", "PostgreSQL"})
    void whatIsKilledIsContinued(String target) throws Exception {
        try (var app = TestApp.start()) {
            use(app, "alice");
            use(app, "user-12345-with-messages");
            app.restartAfter(() -> storeConfigs(app.data(), 12_000));
            var file = directory.resolve("all.jsonl");
            var part = directory.resolve("all.jsonl.part");
            killAtFirstProgress(app.data(), app.masterKey(), "export", "all.jsonl");
            assertThat(file).doesNotExist();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(part)))
                    .isEqualTo("rw-------");
            // Where rows are written at once, what a crash leaves of a row may be there, too.
            Files.writeString(part, "{\"table\":\"model_config\",\"row\":{\"user_id\":\"us", StandardOpenOption.APPEND);
            var continued = run(app.data(), app.masterKey(), "export", "all.jsonl");
            assertThat(continued.exitCode()).as(continued.err()).isZero();
            assertThat(continued.out()).contains("Continued an export that was interrupted after ");
            assertThat(part).doesNotExist();

            var other = empty(target);
            killAtFirstProgress(other, app.masterKey(), "import", "all.jsonl");
            assertThat(rows(other).get("model_config")).hasSizeBetween(1, 11_999);
            var imported = run(other, app.masterKey(), "import", "all.jsonl");
            assertThat(imported.exitCode()).as(imported.err()).isZero();
            assertThat(imported.out()).contains("there already");
            assertThat(rows(other)).isEqualTo(rows(app.data()));
        }
    }

    /** Kills a command once it has written or stored something, and long before it ends. */
    private void killAtFirstProgress(TestDatabase database, String masterKey, String... arguments) throws Exception {
        Files.writeString(directory.resolve("keyswitch.yaml"), database.yaml());
        var command = Program.command();
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().put(SettingsLoader.MASTER_KEY_VARIABLE, masterKey);
        var process = builder.start();
        try (var progress = process.errorReader()) {
            var line = progress.readLine();
            while (line != null && !line.matches(" *[1-9][0-9]* % .*")) {
                line = progress.readLine();
            }
            process.destroyForcibly().waitFor();
            assertThat(line).as("killed in the middle").isNotNull();
        }
    }

    @Test
    void anotherExportIsNotContinued() throws Exception {
        try (var app = TestApp.start()) {
            use(app, "alice");
            use(app, "bob");
            run(app.data(), app.masterKey(), "export", "first.jsonl");
            var lines = Files.readAllLines(directory.resolve("first.jsonl"));
            Files.write(
                    directory.resolve("all.jsonl.part"),
                    List.of(
                            lines.getFirst().replace("\"database\":\"", "\"database\":\"other-"),
                            lines.get(1),
                            lines.get(20)));
            var exported = run(app.data(), app.masterKey(), "export", "all.jsonl");
            assertThat(exported.exitCode()).as(exported.err()).isZero();
            assertThat(exported.out()).doesNotContain("Continued");
            assertThat(values(directory.resolve("all.jsonl"))).isEqualTo(values(directory.resolve("first.jsonl")));
        }
    }

    /** The lines of an export after its header. */
    private static List<JsonNode> values(Path export) throws IOException {
        try (var lines = Files.lines(export)) {
            return lines.skip(1).map(Json::readFromProvider).toList();
        }
    }

    private static void storeConfigs(TestDatabase data, int users) {
        try (var database = data.open()) {
            database.write(handle -> {
                for (int i = 0; i < users; i++) {
                    handle.execute(
                            "INSERT INTO model_config (user_id, thread_id, provider, model_id, key_source, updated_at)"
                                    + " VALUES (?, '', 'groq', 'sim-echo', 'project', 1)",
                            "user-%05d".formatted(i));
                }
                return true;
            });
        }
    }

    @Test
    void anImportThatCannotWorkChangesNothingAndSaysWhy() throws Exception {
        try (var app = TestApp.start()) {
            use(app, "alice");
            run(app.data(), app.masterKey(), "export", "all.jsonl");
            var other = empty("SQLite");
            var wrongKey = run(other, MasterKeys.generate(), "import", "all.jsonl");
            assertThat(wrongKey.exitCode()).isOne();
            assertThat(wrongKey.err()).contains("are encrypted with the master key with id ");
            assertThat(rows(other).values()).allMatch(Set::isEmpty);

            Files.writeString(directory.resolve("other.txt"), "hello");
            assertThat(run(other, app.masterKey(), "import", "other.txt").err())
                    .contains("the file is not written by keyswitch export");
            assertThat(run(other, app.masterKey(), "import", "missing.jsonl").err())
                    .contains("does not exist");
            assertThat(run(other, app.masterKey(), "export", "all.jsonl").err()).contains("exists already");
            assertThat(run(other, app.masterKey(), "export", "x.jsonl", "--user", "nobody")
                            .err())
                    .contains("nothing is stored of the user \"nobody\"");
        }
    }
}

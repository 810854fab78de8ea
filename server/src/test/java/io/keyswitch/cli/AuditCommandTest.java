package io.keyswitch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyswitch.sql.DatabaseUnavailableException;
import io.keyswitch.testing.TestApp;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The audit log records every config and token change, with at most the last four characters of a key. */
@Tag("database")
class AuditCommandTest {
    private static final String KEY = "gsk_canary0abcdefghij1a2b";

    private static String print(TestApp app, String... more) throws Exception {
        var settings = app.directory().resolve("audit.yaml");
        Files.writeString(settings, app.data().yaml());
        var arguments = new ArrayList<>(List.of("audit", "--config", settings.toString()));
        arguments.addAll(List.of(more));
        var command = InProcess.run(arguments.toArray(String[]::new));
        assertThat(command.exitCode()).as(command.err()).isZero();
        return command.out();
    }

    @Test
    void everyConfigAndTokenChangeIsLoggedAndPrinted() throws Exception {
        try (var app = TestApp.start()) {
            app.call(
                    "updateUserModelConfig", Map.of("provider", "groq", "modelId", "sim-echo", "apiKey", KEY), "alice");
            app.fail(
                    "updateUserModelConfig",
                    Map.of("provider", "groq", "modelId", "sim-echo", "apiKey", "sim-invalid-key-9z8y"),
                    "alice");
            var token = app.call("createPersonalToken", Map.of("name", "editor"), "bob");
            app.call("revokePersonalToken", Map.of("id", token.path("id").stringValue()), "bob");
            app.call("deleteUserModelConfig", Map.of(), "alice");
            app.call("deleteUserModelConfig", Map.of(), "alice");
            var printed = print(app);
            assertThat(printed.lines()
                            .map(line -> line.replaceAll("^\\S+ +", "").replaceAll(" +", " ")))
                    .containsExactly(
                            "USER ACTION PROVIDER MODEL KEY DETAIL",
                            "firebase/demo-keyswitch/alice key-checked groq sim-echo ••••1a2b unknown-model",
                            "firebase/demo-keyswitch/alice key-saved groq - ••••1a2b valid",
                            "firebase/demo-keyswitch/alice config-set groq sim-echo ••••1a2b own",
                            "firebase/demo-keyswitch/alice key-checked groq sim-echo ••••9z8y invalid",
                            "firebase/demo-keyswitch/bob token-created - - - "
                                    + token.path("id").stringValue(),
                            "firebase/demo-keyswitch/bob token-revoked - - - "
                                    + token.path("id").stringValue(),
                            "firebase/demo-keyswitch/alice key-deleted groq - ••••1a2b -",
                            "firebase/demo-keyswitch/alice config-deleted groq sim-echo ••••1a2b own");
            assertThat(printed).doesNotContain(KEY).doesNotContain("canary");
            assertThat(print(app, "--user", "firebase/demo-keyswitch/bob", "--last", "1"))
                    .contains("token-revoked")
                    .doesNotContain("token-created")
                    .doesNotContain("alice");
        }
    }

    @Test
    void theConfigsOfThreadsAreLoggedWithTheirThreads() throws Exception {
        try (var app = TestApp.start()) {
            for (var thread : List.of("deleted", "kept")) {
                app.call(
                        "updateUserModelConfig",
                        Map.of("provider", "groq", "modelId", "sim-" + thread, "apiKey", KEY, "threadId", thread),
                        "alice");
                app.chat("alice", thread, "hello");
            }
            app.call("deleteThread", Map.of("threadId", "deleted"), "alice");
            app.call("deleteUserModelConfig", Map.of(), "alice");
            assertThat(print(app)
                            .lines()
                            .filter(line -> line.contains("config-deleted"))
                            .map(line -> line.replaceAll(" +", " ").replaceAll("^.* groq ", "")))
                    .containsExactly("sim-deleted - own", "sim-kept ••••1a2b own");
        }
    }

    @Test
    void similarUsersAreNamedIfAUserHasNoEvents() throws Exception {
        try (var app = TestApp.start()) {
            for (var user : List.of("al_ice", "alxice", "bob1", "bob2", "bob3", "bob4", "bob5", "bob6")) {
                app.call("createPersonalToken", Map.of("name", "editor"), user);
            }
            assertThat(print(app, "--user", "AL_ICE").lines())
                    .containsExactly(
                            "There are no events of the user \"AL_ICE\".",
                            "Users whose ID contains that:",
                            "  firebase/demo-keyswitch/al_ice");
            assertThat(print(app, "--user", "bob").lines())
                    .hasSize(7)
                    .contains("  firebase/demo-keyswitch/bob5")
                    .doesNotContain("  firebase/demo-keyswitch/bob6");
            assertThat(print(app, "--user", "nobody").lines())
                    .containsExactly("There are no events of the user \"nobody\".");
        }
    }

    @Test
    void auditRowsCannotBeChangedOrDeleted() {
        try (var app = TestApp.start()) {
            app.call(
                    "updateUserModelConfig", Map.of("provider", "groq", "modelId", "sim-echo", "apiKey", KEY), "alice");
            try (var database = app.data().open()) {
                for (var sql : new String[] {"DELETE FROM audit_event", "UPDATE audit_event SET user_id = 'x'"}) {
                    assertThatThrownBy(() -> database.write(handle -> handle.execute(sql)))
                            .isInstanceOf(DatabaseUnavailableException.class);
                }
                int rows = database.read(handle -> handle.createQuery("SELECT count(*) FROM audit_event")
                        .mapTo(Integer.class)
                        .one());
                assertThat(rows).isEqualTo(3);
            }
        }
    }

    /** 200,000 rows, a realistic size for a server with many users. */
    @Test
    @Timeout(180)
    void aLongAuditLogIsPrintedInOrderUsingACoveringIndex() throws Exception {
        try (var app = TestApp.start()) {
            try (var database = app.data().open()) {
                database.write(handle -> handle.execute("""
                        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200000)
                        INSERT INTO audit_event (event_id, at, user_id, action)
                        SELECT 'e' || i, i / 2, 'user-' || (i % 1000), 'key-checked' FROM n
                        """));
                database.write(handle -> handle.execute("ANALYZE audit_event"));
                for (var where : List.of("", "WHERE user_id = 'user-7'")) {
                    var plan =
                            database.read(handle -> handle.createQuery("<explain> SELECT at, event_id FROM audit_event"
                                            + " <where> ORDER BY at DESC, event_id DESC LIMIT 1 OFFSET 9")
                                    .define("explain", app.data().isPostgresql() ? "EXPLAIN" : "EXPLAIN QUERY PLAN")
                                    .define("where", where)
                                    .map((row, _) -> row.getString(app.data().isPostgresql() ? "QUERY PLAN" : "detail"))
                                    .list());
                    assertThat(plan.toString()).containsPattern("USING COVERING INDEX|Index Only Scan");
                }
            }
            assertThat(print(app, "--last", "1000000").lines()).hasSize(200_001);
            var ofOne = print(app, "--user", "user-7", "--last", "3").lines().toList();
            assertThat(ofOne).hasSize(4);
            assertThat(ofOne.subList(1, 4)).isSorted().allMatch(line -> line.contains("user-7 "));
            assertThat(ofOne.getLast()).startsWith("1970-01-01T00:01:39.503Z");
        }
    }

    @Test
    void theAuditCommandFailsWhenTheDatabaseDoesNotExist(@TempDir Path directory) throws Exception {
        var settings = directory.resolve("audit.yaml");
        Files.writeString(settings, "database: {url: 'jdbc:sqlite:%s/none.db'}\n".formatted(directory));
        var command = InProcess.run("audit", "--config", settings.toString());
        assertThat(command.exitCode()).isEqualTo(2);
        assertThat(command.err()).contains("there is no database at " + directory + "/none.db");
        assertThat(directory.resolve("none.db")).doesNotExist();
    }
}

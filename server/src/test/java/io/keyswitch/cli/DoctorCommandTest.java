package io.keyswitch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.secret.KeyPlace;
import io.keyswitch.secret.MasterKeys;
import io.keyswitch.secret.Vault;
import io.keyswitch.settings.SettingsLoader;
import io.keyswitch.sql.Database;
import io.keyswitch.sql.DatabaseLocation;
import io.keyswitch.testing.Command;
import io.keyswitch.testing.FakeProvider;
import io.keyswitch.testing.TestApp;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code keyswitch doctor} as a process of its own. */
@Timeout(300)
class DoctorCommandTest {
    private static final String OTHERS = """
            openai: null, anthropic: null, gemini: null, cloudflare: null, swarmspace: null, mistral: null, xai: null, \
            deepseek: null, openrouter: null, together: null, fireworks: null, cerebras: null, perplexity: null""";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private Command doctor(Path database, String provider, String masterKeys, String... options) throws Exception {
        Files.writeString(directory.resolve("keyswitch.yaml"), """
                database: {url: 'jdbc:sqlite:%s'}
                auth: {firebase: {projectId: my-project}}
                default: {provider: groq}
                swarmspace: {plugins: {gemini-flash: null}}
                providers: {groq: {baseUrl: '%s/v1'}, %s}
                """.formatted(database, provider, OTHERS));
        var arguments = new String[options.length + 1];
        arguments[0] = "doctor";
        System.arraycopy(options, 0, arguments, 1, options.length);
        return Command.run(
                directory,
                Map.of(SettingsLoader.MASTER_KEY_VARIABLE, masterKeys, "GROQ_API_KEY", "gsk_canary0project0key0a1b2"),
                arguments);
    }

    private static FakeProvider provider(Duration ahead) {
        return FakeProvider.answering((_, out) -> {
                    var date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                            ZonedDateTime.now(ZoneOffset.UTC).plus(ahead));
                    out.json(200, "{\"data\":[{\"id\":\"openai/gpt-oss-120b\"}]}", "Date: " + date);
                })
                .unchecked();
    }

    @Test
    void aHealthyServerIsExaminedWhileItRuns() throws Exception {
        try (var app = TestApp.start();
                var provider = provider(Duration.ZERO)) {
            app.call(
                    "updateUserModelConfig",
                    Map.of("provider", "openai", "modelId", "gpt-5.4", "apiKey", "sk-canary-of-alice-1a2b"),
                    "alice");
            app.chat("alice", "t", "hello");
            var found = doctor(app.database(), provider.baseUrl(), app.masterKey());
            assertThat(found.out())
                    .contains("ok      The settings are valid")
                    .contains("ok      It is served by process "
                            + ProcessHandle.current().pid())
                    .contains("is sound (users: 1, messages: 2, 0.")
                    .contains("ok      Its tables are those of this version")
                    .contains("ok      API keys that can be decrypted: 1")
                    .contains("ok      Groq accepts the project key in GROQ_API_KEY")
                    .contains("ok      Groq can be reached")
                    .contains("ok      The clock agrees with that of the providers")
                    .contains("MB are free in")
                    .doesNotContain("canary")
                    .doesNotContain("FAILED");
            assertThat(found.exitCode()).as(found.err()).isZero();
            assertThat(app.chat("alice", "t", "and again")).isNotEmpty();
        }
    }

    @Test
    void whatMustBeMendedFailsAndIsNamedWithItsCure() throws Exception {
        try (var app = TestApp.start()) {
            app.call(
                    "updateUserModelConfig",
                    Map.of("provider", "openai", "modelId", "gpt-5.4", "apiKey", "sk-canary-of-alice-1a2b"),
                    "alice");
            app.restartAfter(() -> {
                storeRecordOfAToolLoop(app);
                examineUnserved(app.database(), app.masterKey());
            });
        }
    }

    private static void storeRecordOfAToolLoop(TestApp app) {
        var sealed = new Vault(MasterKeys.parse(app.masterKey()))
                .sealText("thinking", new KeyPlace.ToolCall("alice", "fingerprint", "call"));
        try (var database = app.data().open()) {
            database.write(handle -> handle.execute(
                    "INSERT INTO call_signature (user_id, call_id, sealed, expires_at) VALUES ('alice', 'call', ?, ?)",
                    sealed,
                    Long.MAX_VALUE));
        }
    }

    private void examineUnserved(Path database, String masterKey) {
        try {
            Files.setPosixFilePermissions(database, PosixFilePermissions.fromString("rw-r--r--"));
            var other = doctor(database, "http://127.0.0.1:1", MasterKeys.generate());
            assertThat(other.out())
                    .contains("ok      No process serves it")
                    .contains("WARNING Other users of this machine can read")
                    .contains("FAILED  LLM_SETTINGS_ENCRYPTION_KEY cannot decrypt the keys stored in this database")
                    .contains("FAILED  API keys that cannot be decrypted: 1")
                    .contains("FAILED  Groq cannot be reached at http://127.0.0.1:1/v1 (ConnectException)");
            assertThat(other.exitCode()).isEqualTo(1);
            assertThat(database.resolveSibling("keyswitch.db-wal")).doesNotExist();
            assertThat(database.resolveSibling("keyswitch.db-shm")).doesNotExist();

            var newer = doctor(database, "http://127.0.0.1:1", MasterKeys.generate() + "," + masterKey);
            assertThat(newer.out())
                    .contains("WARNING API keys that need an older master key: 1. Run keyswitch rotate")
                    .contains("ok      Records of tool loops in progress: 1")
                    .contains("WARNING Records of tool loops that need an older master key: 1. They expire");
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void jsonHasTheSameFindings() throws Exception {
        try (var provider = provider(Duration.ZERO)) {
            var found = doctor(directory.resolve("none.db"), provider.baseUrl(), MasterKeys.generate(), "--json");
            var report = TestApp.parse(found.out());
            assertThat(report.path("ok").booleanValue()).isTrue();
            assertThat(report.path("findings")
                            .valueStream()
                            .map(one -> one.path("area").stringValue()))
                    .contains("settings", "files", "database", "project keys", "disk", "providers", "clock");
            assertThat(report.path("findings").path(0).path("level").stringValue())
                    .isEqualTo("ok");
            assertThat(directory.resolve("none.db")).doesNotExist();
        }
    }

    @Test
    void aDatabaseOnPostgresqlIsExaminedWithTheRightsOfItsUser() throws Exception {
        try (var app = TestApp.startOnPostgresql("")) {
            app.call(
                    "updateUserModelConfig",
                    Map.of("provider", "openai", "modelId", "gpt-5.4", "apiKey", "sk-canary-of-alice-1a2b"),
                    "alice");
            Files.writeString(directory.resolve("keyswitch.yaml"), app.data().yaml() + """
                    auth: {firebase: {projectId: my-project}}
                    providers: {groq: {baseUrl: 'http://127.0.0.1:1/v1'}, %s}
                    """.formatted(OTHERS));
            assertThat(examine(app.masterKey()).out())
                    .contains("can be read (users: 1, messages: 0, ")
                    .contains("ok      API keys that can be decrypted: 1");
            try (var connection = app.data().connect()) {
                connection.createStatement().execute("REVOKE INSERT ON thread FROM CURRENT_USER");
            }
            var forbidden = examine(app.masterKey());
            assertThat(forbidden.out())
                    .contains("FAILED  The user of the database at")
                    .contains("may not read and change these tables: thread: grant it")
                    .contains("ok      API keys that can be decrypted: 1");
            assertThat(forbidden.exitCode()).isEqualTo(1);
        }
    }

    private Command examine(String masterKey) throws Exception {
        return Command.run(directory, Map.of(SettingsLoader.MASTER_KEY_VARIABLE, masterKey), "doctor");
    }

    @Test
    void wrongSettingsAreFindingsInJson() throws Exception {
        var found = doctor(directory.resolve("none.db"), "no address", MasterKeys.generate(), "--json");
        var report = TestApp.parse(found.out());
        assertThat(report.path("ok").booleanValue()).isFalse();
        assertThat(report.path("findings").path(0).path("area").stringValue()).isEqualTo("settings");
        assertThat(report.path("findings").path(0).path("sentence").stringValue())
                .contains("baseUrl");
        assertThat(found.exitCode()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            PT10S   | ok      The clock agrees                              | 0
            PT1M    | WARNING The clock is 6                                | 0
            PT1M    | seconds behind that of the providers: set it          | 0
            -PT1H   | FAILED  The clock is 3                                | 1
            -PT1H   | seconds ahead of that of the providers: set it        | 1
            """)
    void theClockIsComparedWithThatOfTheProviders(Duration ahead, String finding, int exitCode) throws Exception {
        try (var provider = provider(ahead)) {
            var found = doctor(directory.resolve("none.db"), provider.baseUrl(), MasterKeys.generate());
            assertThat(found.out().replace("is 59", "is 60")).contains(finding);
            assertThat(found.exitCode()).isEqualTo(exitCode);
        }
    }

    @Test
    void aDamagedDatabaseIsAFinding() throws Exception {
        var database = Files.writeString(directory.resolve("damaged.db"), "not a database".repeat(1000));
        var found = doctor(database, "http://127.0.0.1:1", MasterKeys.generate());
        assertThat(found.out())
                .contains("FAILED  " + database + " cannot be read as a database: check its owner and mode, restore a");
        assertThat(found.exitCode()).isEqualTo(1);
    }

    @Test
    void aDatabaseOfAnotherVersionIsNamed() throws Exception {
        var database = directory.resolve("keyswitch.db");
        try (var _ = Database.open(new DatabaseLocation.File(database))) {}
        Migrations.addLater(database);
        assertThat(doctor(database, "http://127.0.0.1:1", MasterKeys.generate()).out())
                .contains("FAILED  Its tables are of a newer version");
        Migrations.forgetLast(database);
        assertThat(doctor(database, "http://127.0.0.1:1", MasterKeys.generate()).out())
                .contains("WARNING Its tables are of an older version (migrations to run: 1)");
    }
}

package io.keyswitch.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.testing.LogLines;
import io.keyswitch.testing.TestApp;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** While the database is unreachable no message is acknowledged; afterwards writes succeed again. */
@Timeout(180)
class UnreachableDatabaseTest {
    @Test
    void messagesAreRejectedWhileTheDatabaseFileIsMissingOrReplaced() throws Exception {
        try (var app = TestApp.start()) {
            app.chat("alice", "t", "before");
            var elsewhere = app.database().resolveSibling("elsewhere.db");
            Files.move(app.database(), elsewhere);
            assertMeanwhileIsRefused(app);
            Files.copy(elsewhere, app.database());
            assertMeanwhileIsRefused(app);
            Files.move(elsewhere, app.database(), StandardCopyOption.REPLACE_EXISTING);
            assertAfterwardsIsThere(app);
        }
    }

    /** The write-ahead log holds the latest commits; SQLite would keep writing to the deleted file. */
    @ParameterizedTest
    @ValueSource(strings = {"-wal", "-shm", "-wal -shm"})
    void deletingTheWriteAheadLogRejectsWritesWithoutLosingData(String suffixes) throws Exception {
        try (var app = TestApp.start();
                var log = LogLines.of("io.keyswitch.sql")) {
            app.chat("alice", "t", "before");
            for (var suffix : suffixes.split(" ", -1)) {
                Files.delete(app.database().resolveSibling("keyswitch.db" + suffix));
            }
            for (int i = 0; i < 6; i++) {
                assertMeanwhileIsRefused(app);
            }
            assertThat(log.lines()).hasSize(2);
            assertThat(log.lines().getFirst()).contains("keyswitch.db-").contains("moved, deleted or replaced");
            app.restart();
            assertAfterwardsIsThere(app);
        }
    }

    @Test
    void repeatedWriteFailuresAreLoggedOnceWithTheirCause() throws Exception {
        try (var app = TestApp.start();
                var log = LogLines.of("io.keyswitch.sql.RefusalLog")) {
            app.chat("alice", "t", "before");
            try (var other = app.data().connect();
                    var statement = other.createStatement()) {
                statement.execute("BEGIN IMMEDIATE");
                assertMeanwhileIsRefused(app);
                assertMeanwhileIsRefused(app);
                statement.execute("ROLLBACK");
            }
            assertThat(log.lines()).hasSize(1);
            assertThat(log.lines().getFirst())
                    .startsWith("ERROR")
                    .contains("SQLITE_BUSY")
                    .doesNotContain("meanwhile");
        }
    }

    private static void assertMeanwhileIsRefused(TestApp app) {
        var error = app.fail("sendChatMessage", Map.of("threadId", "t", "message", "meanwhile"), "alice");
        assertThat(error.path("status").stringValue()).isEqualTo("UNAVAILABLE");
    }

    private static void assertRetryAfterOneSecond(TestApp app) {
        var refused = app.post("deleteThread", Map.of("threadId", "t"), "alice");
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().allValues("Retry-After")).containsExactly("1");
        var details = TestApp.parse(refused.body()).path("error").path("details");
        assertThat(details.path("retryAfterSeconds").intValue()).isEqualTo(1);
        assertThat(details.path("retryable").booleanValue()).isTrue();
    }

    private static String ready(TestApp app) {
        var answer = TestApp.send(
                HttpRequest.newBuilder(URI.create(app.url() + "/readyz")).build());
        return answer.statusCode() + " " + answer.body();
    }

    private static void assertAfterwardsIsThere(TestApp app) {
        assertThat(app.chat("alice", "t", "afterwards")).isNotBlank();
        var thread = app.call("getThread", Map.of("threadId", "t"), "alice").toString();
        assertThat(thread).contains("before").contains("afterwards").doesNotContain("meanwhile");
    }

    @Test
    void messagesAreRejectedWhileTheDatabaseIsLocked() throws Exception {
        try (var app = TestApp.start()) {
            app.chat("alice", "t", "before");
            try (var other = app.data().connect();
                    var statement = other.createStatement()) {
                statement.execute("BEGIN IMMEDIATE");
                assertMeanwhileIsRefused(app);
                assertRetryAfterOneSecond(app);
                assertThat(ready(app)).isEqualTo("503 {\"status\":\"database unavailable\"}");
                statement.execute("ROLLBACK");
            }
            assertAfterwardsIsThere(app);
            // An answer is reused for a second.
            while (!ready(app).startsWith("200")) {
                Thread.onSpinWait();
            }
            assertThat(ready(app)).isEqualTo("200 {\"status\":\"ok\"}");
        }
    }
}

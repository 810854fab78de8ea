package io.keyswitch.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.testing.TestApp;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.sql.DriverManager;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** While the database is out of reach nothing is acknowledged; afterwards all goes on by itself. */
@Timeout(60)
class UnreachableDatabaseTest {
    @Test
    void whileItsFileIsGoneNothingIsAcknowledged() throws Exception {
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

    private static void assertMeanwhileIsRefused(TestApp app) {
        var error = app.fail("sendChatMessage", Map.of("threadId", "t", "message", "meanwhile"), "alice");
        assertThat(error.path("status").stringValue()).isEqualTo("UNAVAILABLE");
    }

    private static void assertAfterwardsIsThere(TestApp app) {
        assertThat(app.chat("alice", "t", "afterwards")).isNotBlank();
        var thread = app.call("getThread", Map.of("threadId", "t"), "alice").toString();
        assertThat(thread).contains("before").contains("afterwards").doesNotContain("meanwhile");
    }

    @Test
    void whileAnotherProcessHoldsItNothingIsAcknowledged() throws Exception {
        try (var app = TestApp.start()) {
            app.chat("alice", "t", "before");
            try (var other = DriverManager.getConnection("jdbc:sqlite:" + app.database());
                    var statement = other.createStatement()) {
                statement.execute("BEGIN IMMEDIATE");
                assertMeanwhileIsRefused(app);
                statement.execute("ROLLBACK");
            }
            assertAfterwardsIsThere(app);
        }
    }
}

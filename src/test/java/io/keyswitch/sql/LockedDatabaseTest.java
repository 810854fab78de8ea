package io.keyswitch.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.testing.TestApp;
import java.sql.DriverManager;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** While another process holds the database nothing is acknowledged; afterwards all goes on by itself. */
@Timeout(60)
class LockedDatabaseTest {
    @Test
    void whatCannotBeStoredIsRefusedAndTheServerRecovers() throws Exception {
        try (var app = TestApp.start()) {
            app.chat("alice", "t", "before");
            try (var other = DriverManager.getConnection("jdbc:sqlite:" + app.database());
                    var statement = other.createStatement()) {
                statement.execute("BEGIN IMMEDIATE");
                var error = app.fail("sendChatMessage", Map.of("threadId", "t", "message", "meanwhile"), "alice");
                assertThat(error.path("status").stringValue()).isEqualTo("UNAVAILABLE");
                statement.execute("ROLLBACK");
            }
            assertThat(app.chat("alice", "t", "afterwards")).isNotBlank();
            var thread = app.call("getThread", Map.of("threadId", "t"), "alice").toString();
            assertThat(thread).contains("before").contains("afterwards").doesNotContain("meanwhile");
        }
    }
}

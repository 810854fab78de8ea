package io.keyswitch.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keyswitch.testing.TestApp;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Deleted data remains in no file of the database. */
@Timeout(180)
class ErasureTest {
    private final TestApp app = TestApp.start();

    @AfterEach
    void close() {
        app.close();
    }

    private void useKey(String user, String key) {
        app.call("updateUserModelConfig", Map.of("provider", "openai", "modelId", "gpt-5.5", "apiKey", key), user);
    }

    private String sealedKey(String user) throws SQLException {
        try (var connection = app.data().connect();
                var statement =
                        connection.prepareStatement("SELECT sealed_key FROM api_key WHERE user_id LIKE '%' || ?")) {
            statement.setString(1, user);
            try (var row = statement.executeQuery()) {
                assertThat(row.next()).isTrue();
                return row.getString(1);
            }
        }
    }

    private boolean isInAFile(String text) throws Exception {
        try (var files = Files.list(app.directory())) {
            for (var file : files.toList()) {
                if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text)) {
                    return true;
                }
            }
            return false;
        }
    }

    @Test
    void aDeletedKeyIsErasedFromTheDatabaseFiles() throws Exception {
        // With many rows, so that database pages are split and merged.
        for (int i = 0; i < 60; i++) {
            useKey("user-" + i, "the-own-key-of-user-" + i + "-".repeat(150));
        }
        var sealed = sealedKey("user-30");
        assertThat(isInAFile(sealed)).isTrue();
        app.call("deleteUserModelConfig", Map.of(), "user-30");
        assertThat(isInAFile(sealed)).isFalse();
        assertThat(isInAFile(sealed.substring(20, 60))).isFalse();
        assertThat(isInAFile(sealedKey("user-31"))).isTrue();
    }

    @Test
    void aReplacedOrDeletedKeyIsErasedFromTheDatabaseFiles() throws Exception {
        useKey("alice", "the-first-key-of-alice");
        var first = sealedKey("alice");
        useKey("alice", "the-second-key-of-alice");
        assertThat(isInAFile(first)).isFalse();
        var second = sealedKey("alice");
        app.call("deleteApiKey", Map.of("provider", "openai"), "alice");
        assertThat(isInAFile(second)).isFalse();
    }

    @Test
    void aDeletedThreadIsErasedFromTheDatabaseFiles() throws Exception {
        app.chat("alice", "t", "a secret of mine: 8f7e6d5c");
        assertThat(isInAFile("8f7e6d5c")).isTrue();
        app.call("deleteThread", Map.of("threadId", "t"), "alice");
        assertThat(isInAFile("8f7e6d5c")).isFalse();
    }

    @Test
    void aKeyDeletedDuringAConcurrentReadIsErasedAfterTheReadEnds() throws Exception {
        useKey("alice", "the-own-key-of-alice");
        var sealed = sealedKey("alice");
        try (var other = app.data().connect();
                var statement = other.createStatement()) {
            statement.execute("BEGIN");
            statement.executeQuery("SELECT count(*) FROM model_config").close();
            app.chat("bob", "t", "meanwhile");
            long before = System.nanoTime();
            app.call("deleteUserModelConfig", Map.of(), "alice");
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(3));
            statement.execute("COMMIT");
        }
        await().until(() -> !isInAFile(sealed));
    }
}

package io.keyswitch.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.core.UserId;
import io.keyswitch.provider.Endpoint;
import io.keyswitch.provider.ProviderId;
import io.keyswitch.secret.ApiKey;
import io.keyswitch.secret.KeyPlace;
import io.keyswitch.secret.MasterKeys;
import io.keyswitch.secret.Vault;
import io.keyswitch.testing.TestApp;
import io.keyswitch.testing.Tokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A database of the version before is migrated, and its users go on with their models and keys. */
class MigrationTest {
    private static final String ACCOUNT = "0123456789abcdef0123456789abcdef";

    private static final int LAST_THAT_REMOVES = 10;

    private final TestApp app = TestApp.start();

    @AfterEach
    void close() {
        app.close();
    }

    /** Processes of the version before work beside the new tables while they are replaced. */
    @Test
    void laterMigrationsOnlyAdd() throws IOException {
        try (var scripts = Files.newDirectoryStream(Path.of("server/src/main/resources/db"), "V*.sql")) {
            for (var script : scripts) {
                var version = script.getFileName().toString().replaceAll("^V(\\d+)_.*", "$1");
                if (Integer.parseInt(version) > LAST_THAT_REMOVES) {
                    assertThat(Files.readString(script))
                            .as(script.toString())
                            .doesNotContainPattern("(?i)\\b(?:DROP|RENAME|UPDATE|DELETE|ALTER COLUMN)\\b");
                }
            }
        }
    }

    private String jdbcUrl() {
        return "jdbc:sqlite:" + app.database();
    }

    /** Replaces the database by one of the version that kept a single key beside the config. */
    private void createVersionSix() {
        try (var files = Files.newDirectoryStream(app.directory(), "keyswitch.db*")) {
            for (var file : files) {
                Files.delete(file);
            }
            Flyway.configure()
                    .dataSource(jdbcUrl(), "", "")
                    .locations("classpath:db", "classpath:db-sqlite")
                    .target("6")
                    .load()
                    .migrate();
            insert("alice", "openai", "gpt-5.5", null, "/openai/v1", "alices-key-1a2b");
            insert(
                    "carol",
                    "cloudflare",
                    "@cf/openai/gpt-oss-120b",
                    ACCOUNT,
                    "/cloudflare/client/v4/accounts/" + ACCOUNT + "/ai/v1",
                    "carols-key-3c4d");
            insert("bob", "groq", "sim-echo", null, "", null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void insert(
            String subject, String provider, String model, @Nullable String account, String path, @Nullable String key)
            throws SQLException {
        var user = new UserId("firebase/" + Tokens.PROJECT + "/" + subject);
        var place = new KeyPlace.Of(user, new ProviderId(provider), new Endpoint(app.simulatorUrl() + path));
        var sealed = key == null ? null : new Vault(MasterKeys.parse(app.masterKey())).seal(ApiKey.of(key), place);
        try (var connection = DriverManager.getConnection(jdbcUrl());
                var statement = connection.prepareStatement("""
                        INSERT INTO model_config
                            (user_id, provider, model_id, key_source, account_id, key_hint, master_key_id, sealed_key, updated_at)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1767225600000)
                        """)) {
            statement.setString(1, user.value());
            statement.setString(2, provider);
            statement.setString(3, model);
            statement.setString(4, key == null ? "project" : "own");
            statement.setString(5, account);
            statement.setString(6, key == null ? null : key.substring(key.length() - 4));
            statement.setString(7, sealed == null ? null : sealed.masterKeyId());
            statement.setString(8, sealed == null ? null : sealed.record());
            statement.executeUpdate();
        }
    }

    @Test
    void configsAndKeysOfTheVersionBeforeAreKept() {
        app.restartAfter(this::createVersionSix);
        var key = app.call("listApiKeys", Map.of(), "carol").path("keys").path(0);
        assertThat(key.path("accountId").stringValue()).isEqualTo(ACCOUNT);
        assertThat(key.path("savedAt").stringValue()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(key.has("verdict")).isFalse();
        assertThat(app.chat("alice", "t", "hello")).contains("gpt-5.5").contains("1a2b");
        assertThat(app.chat("carol", "t", "hello"))
                .contains("@cf/openai/gpt-oss-120b")
                .contains("3c4d");
        assertThat(app.call("getUserModelConfig", Map.of(), "bob")
                        .path("keySource")
                        .stringValue())
                .isEqualTo("project");
        assertThat(app.call("listApiKeys", Map.of(), "bob").path("keys")).isEmpty();
    }

    @Test
    void aMigratedKeyIsUsedForAnotherModelAndGetsAVerdict() {
        app.restartAfter(this::createVersionSix);
        assertThat(app.chat("alice", "t", "switch to openai, gpt-5.4-mini")).startsWith("Done.");
        var key = app.call("listApiKeys", Map.of(), "alice").path("keys").path(0);
        assertThat(key.path("verdict").stringValue()).isEqualTo("valid");
        assertThat(app.chat("alice", "t", "go back to my previous model")).contains("`gpt-5.5`");
    }
}

package io.keyswitch.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.testing.FakeProvider;
import io.keyswitch.testing.TestApp;
import java.net.URI;
import java.net.http.HttpRequest;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code deleteUserData}: what is stored of a user is gone, and nobody else's. */
@Tag("database")
class AccountDeletionTest {
    /** The audit log, and counters that hold the user's ID alone. */
    private static final Set<String> KEPT = Set.of("audit_event", "model_config_revision", "daily_use", "request_rate");

    private static final int MORE_THAN_A_PAGE = 55;

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch hungUp = new CountDownLatch(1);

    private final FakeProvider provider = FakeProvider.answering((request, out) -> {
        if (request.method().equals("GET")) {
            out.json(200, "{\"data\":[]}");
            return;
        }
        asked.countDown();
        out.stream().write("data: {\"choices\":[{\"delta\":{\"content\":\"first \"}}]}\n\n");
        out.awaitHangUp();
        hungUp.countDown();
    });

    private final TestApp app = TestApp.start(
            "  slow: {baseUrl: '%s/v1', defaultModel: m-1, check: {get: /models}}\n".formatted(provider.baseUrl()),
            Map.of());

    @AfterEach
    void close() {
        app.close();
        provider.close();
    }

    /** Has a key, models, a token, threads and a key that waits for an answer. @return the token */
    private String fill(String user) {
        var config = Map.of("provider", "slow", "modelId", "m-1", "apiKey", "the-key-of-" + user);
        app.call("updateUserModelConfig", config, user);
        for (int i = 0; i < MORE_THAN_A_PAGE; i++) {
            app.chat(user, "t" + i, "which model am I using?");
        }
        app.call("updateUserModelConfig", Map.of("provider", "slow", "modelId", "m-2", "threadId", "t1"), user);
        app.chat(user, "t2", "sk-proj-abcdefghijklmnop1234");
        return app.call("createPersonalToken", Map.of("name", "laptop"), user)
                .path("token")
                .stringValue();
    }

    private int models(String token) {
        return TestApp.send(HttpRequest.newBuilder(URI.create(app.url() + "/v1/models"))
                        .header("Authorization", "Bearer " + token)
                        .build())
                .statusCode();
    }

    @Test
    void everythingOfTheUserIsDeletedAndNothingOfOthers() throws Exception {
        var tokenOfAlice = fill("alice");
        var tokenOfBob = fill("bob");
        var ofBob = rows("bob");
        var answer = CompletableFuture.supplyAsync(
                () -> app.post("sendChatMessage", Map.of("threadId", "t3", "message", "hi"), "alice"));
        assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();

        app.call("deleteUserData", Map.of("confirm", true), "alice");

        assertThat(answer.get(10, TimeUnit.SECONDS).statusCode()).isNotEqualTo(200);
        assertThat(hungUp.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(rows("alice").keySet()).isSubsetOf(KEPT);
        assertThat(rows("bob")).isEqualTo(ofBob);
        assertThat(models(tokenOfAlice)).isEqualTo(401);
        assertThat(models(tokenOfBob)).isEqualTo(200);
        assertThat(app.call("listThreads", Map.of(), "alice").path("threads")).isEmpty();
        assertThat(app.call("getUserModelConfig", Map.of(), "alice").isNull()).isTrue();
        assertThat(app.call("deleteUserData", Map.of("confirm", true), "alice")
                        .path("success")
                        .booleanValue())
                .isTrue();
    }

    /** How many rows each table has of a user. */
    private Map<String, Integer> rows(String user) throws SQLException {
        var found = new TreeMap<String, Integer>();
        try (var connection = app.data().connect();
                var tables = connection.getMetaData().getColumns(null, connection.getSchema(), "%", "user_id")) {
            while (tables.next()) {
                var table = tables.getString("TABLE_NAME");
                try (var statement =
                        connection.prepareStatement("SELECT count(*) FROM " + table + " WHERE user_id LIKE ?")) {
                    statement.setString(1, "%/" + user);
                    try (var count = statement.executeQuery()) {
                        count.next();
                        if (count.getInt(1) > 0) {
                            found.put(table, count.getInt(1));
                        }
                    }
                }
            }
        }
        return found;
    }

    @Test
    void nothingIsDeletedWithoutConfirmation() throws Exception {
        fill("alice");
        var before = rows("alice");
        assertThat(app.fail("deleteUserData", Map.of(), "alice").path("message").stringValue())
                .contains("confirm must be true");
        assertThat(rows("alice")).isEqualTo(before);
    }
}

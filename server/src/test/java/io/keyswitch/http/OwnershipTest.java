package io.keyswitch.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.AppStarter;
import io.keyswitch.core.Json;
import io.keyswitch.testing.TestApp;
import io.keyswitch.testing.Tokens;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Calls every function as the owner, as another user, without a token and after deletion: users read only their own data. */
@Tag("database")
class OwnershipTest {
    /** The IDs by which a request refers to a user's thread and token. */
    private record Owned(String thread, String tokenId) {}

    private static final Owned NOWHERE = new Owned("no-such-thread", "tok_AAAAAAAAAAAA");

    /** The request to each function. A function without a row fails {@link #everyFunctionIsCoveredByThisTest}. */
    private static final Map<String, Function<Owned, Map<String, Object>>> ROWS = rows();

    private static final Pattern CHANGING = Pattern.compile(
            "\"(timestamp|createdAt|updatedAt|savedAt|checkedAt|lastMessageAt|token|id)\":\"[^\"]*\"|no-such-thread|alices-thread|tok_[\\w-]+");

    private static Map<String, Function<Owned, Map<String, Object>>> rows() {
        var rows = new LinkedHashMap<String, Function<Owned, Map<String, Object>>>();
        rows.put("getUserModelConfig", owned -> Map.of("threadId", owned.thread()));
        rows.put("listThreads", _ -> Map.of());
        rows.put("getThread", owned -> Map.of("threadId", owned.thread()));
        rows.put("stopAnswer", owned -> Map.of("threadId", owned.thread(), "clientMessageId", "the-id"));
        rows.put("deleteUserData", _ -> Map.of("confirm", true));
        rows.put("deleteThread", owned -> Map.of("threadId", owned.thread()));
        rows.put("listProviders", _ -> Map.of());
        rows.put("listModels", _ -> Map.of("provider", "groq"));
        rows.put("listPersonalTokens", _ -> Map.of());
        rows.put("revokePersonalToken", owned -> Map.of("id", owned.tokenId()));
        rows.put("createPersonalToken", _ -> Map.of("name", "mine"));
        rows.put("sendChatMessage", owned -> Map.of("threadId", owned.thread(), "message", "which model am I using?"));
        rows.put(
                "updateUserModelConfig",
                _ -> Map.of("provider", "groq", "modelId", "sim-echo", "apiKey", "gsk_another_key_000000009z8y"));
        rows.put("listApiKeys", _ -> Map.of());
        rows.put("listThreadModelConfigs", _ -> Map.of());
        rows.put("saveApiKey", _ -> Map.of("provider", "groq", "apiKey", "gsk_another_key_000000009z8y"));
        rows.put("deleteApiKey", _ -> Map.of("provider", "groq"));
        rows.put("deleteUserModelConfig", _ -> Map.of());
        rows.put("swarmspaceRouter", _ -> Map.of("plugin_id", "wikipedia", "params", Map.of("query", "keys")));
        rows.put("swarmspacePluginStatus", _ -> Map.of("plugin_id", "wikipedia"));
        rows.put("swarmspacePluginCatalog", _ -> Map.of());
        return rows;
    }

    @SuppressWarnings("NullAway.Init")
    private TestApp app;

    @SuppressWarnings("NullAway.Init")
    private Owned alices;

    @SuppressWarnings("NullAway.Init")
    private String alicesToken;

    @BeforeEach
    void aliceHasThings() {
        app = TestApp.start();
        app.call(
                "updateUserModelConfig",
                Map.of("provider", "groq", "modelId", "sim-echo", "apiKey", "gsk_alices_key_0000000001a2b"),
                "alice");
        app.chat("alice", "alices-thread", "alices secret words");
        app.call(
                "updateUserModelConfig",
                Map.of("provider", "groq", "modelId", "sim-echo", "threadId", "alices-thread"),
                "alice");
        var token = app.call("createPersonalToken", Map.of("name", "alices editor"), "alice");
        alicesToken = token.path("token").stringValue();
        alices = new Owned("alices-thread", token.path("id").stringValue());
    }

    @AfterEach
    void close() {
        app.close();
    }

    private static String steady(HttpResponse<String> answer) {
        return answer.statusCode() + " " + CHANGING.matcher(answer.body()).replaceAll("…");
    }

    private HttpResponse<String> call(String function, Owned owned, @Nullable String user) {
        return app.post(function, row(function).apply(owned), user);
    }

    private static Function<Owned, Map<String, Object>> row(String function) {
        return java.util.Objects.requireNonNull(ROWS.get(function));
    }

    @Test
    void everyFunctionIsCoveredByThisTest() {
        assertThat(ROWS.keySet()).containsExactlyInAnyOrderElementsOf(AppStarter.functionNames(app.app()));
    }

    /** A page token gives another user no access to the thread it was issued for. */
    @Test
    void anotherUsersPageTokenGivesNoAccess() {
        for (int i = 0; i < 60; i++) {
            app.call("sendChatMessage", Map.of("threadId", "long", "message", "which model am I using?"), "alice");
        }
        var token = app.call("getThread", Map.of("threadId", "long", "newest", true), "alice")
                .path("nextPageToken")
                .stringValue();
        assertThat(token).isNotEmpty();
        var asked = Map.of("threadId", "long", "newest", true, "pageToken", token);
        assertThat(app.post("getThread", asked, "mallory").statusCode()).isEqualTo(404);
        assertThat(app.post("listThreads", Map.of("pageToken", token), "mallory")
                        .body())
                .doesNotContain("long");
    }

    @Test
    void idempotencyKeysAreScopedToTheirUser() {
        var message = Map.of("threadId", "t9", "message", "alice's own words", "clientMessageId", "the-id");
        app.call("sendChatMessage", message, "alice");
        var mine = app.post(
                "sendChatMessage",
                Map.of("threadId", "t9", "message", "mallory's words", "clientMessageId", "the-id"),
                "mallory",
                Map.of("Accept", "text/event-stream"));
        assertThat(mine.body()).contains("\"messageCount\":2").doesNotContain("alice");
    }

    @Test
    void everyFunctionRequiresAToken() {
        for (var function : ROWS.keySet()) {
            assertThat(call(function, alices, null).statusCode()).as(function).isEqualTo(401);
        }
        for (var token : new String[] {"", "ks_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "null", "undefined"}) {
            assertThat(models(token).statusCode()).isEqualTo(401);
            assertThat(complete(token).statusCode()).isEqualTo(401);
        }
    }

    @Test
    void onlyTheAuthorizationHeaderCarriesAnIdentity() {
        var token = Tokens.emulator("alice");
        for (var header : new String[] {
            "X-User-Id",
            "X-Forwarded-User",
            "X-Api-Key",
            "Firebase-Instance-ID-Token",
            "Cookie",
            "X-Firebase-Auth",
            "Proxy-Authorization",
            "X-Authorization"
        }) {
            for (var value :
                    new String[] {"alice", token, "Bearer " + token, "session=" + token, "__session=" + token}) {
                assertThat(app.post("getUserModelConfig", Map.of(), null, Map.of(header, value))
                                .statusCode())
                        .as(header)
                        .isEqualTo(401);
                var models = HttpRequest.newBuilder(URI.create(app.url() + "/v1/models?key=" + token))
                        .header(header, value)
                        .build();
                assertThat(TestApp.send(models).statusCode()).as(header).isEqualTo(401);
            }
        }
        for (var query : new String[] {"?auth=", "?access_token=", "?token=", "?key=", "?apiKey="}) {
            assertThat(app.post("getUserModelConfig" + query + token, Map.of(), null)
                            .statusCode())
                    .as(query)
                    .isEqualTo(401);
        }
    }

    @Test
    void anotherUsersDataIsReportedAsNotFound() {
        for (var function : ROWS.keySet()) {
            var foreign = call(function, alices, "bob");
            var missing = call(function, NOWHERE, "carol");
            assertThat(steady(foreign)).as(function).isEqualTo(steady(missing));
            assertThat(foreign.body())
                    .as(function)
                    .doesNotContain("alices secret")
                    .doesNotContain("alices editor")
                    .doesNotContain("1a2b");
        }
        aliceStillHasEverything();
    }

    private void aliceStillHasEverything() {
        assertThat(app.call("getThread", Map.of("threadId", alices.thread()), "alice")
                        .toString())
                .contains("alices secret words");
        assertThat(app.call("getUserModelConfig", Map.of(), "alice")
                        .path("keyHint")
                        .stringValue())
                .isEqualTo("1a2b");
        assertThat(models(alicesToken).statusCode()).isEqualTo(200);
    }

    @Test
    void deletedThreadsTokensAndKeysAreNoLongerAccessible() {
        app.call("deleteThread", Map.of("threadId", alices.thread()), "alice");
        app.call("revokePersonalToken", Map.of("id", alices.tokenId()), "alice");
        app.call("deleteUserModelConfig", Map.of(), "alice");
        assertThat(models(alicesToken).statusCode()).isEqualTo(401);
        assertThat(complete(alicesToken).statusCode()).isEqualTo(401);
        for (var function : ROWS.keySet()) {
            assertThat(steady(call(function, alices, "alice")))
                    .as(function)
                    .isEqualTo(steady(call(function, NOWHERE, "carol")));
        }
    }

    private HttpResponse<String> models(String token) {
        return TestApp.send(HttpRequest.newBuilder(URI.create(app.url() + "/v1/models"))
                .header("Authorization", "Bearer " + token)
                .build());
    }

    private HttpResponse<String> complete(String token) {
        return TestApp.send(HttpRequest.newBuilder(URI.create(app.url() + "/v1/chat/completions"))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.bytes(Map.of("messages", java.util.List.of()))))
                .build());
    }
}

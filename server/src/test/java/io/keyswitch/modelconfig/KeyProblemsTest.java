package io.keyswitch.modelconfig;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.testing.FakeProvider;
import io.keyswitch.testing.TestApp;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * What is wrong with a key or a model, in the words of the vendors: each with its own reason and cure, when the key is
 * saved and in the chat, and a verdict that stays true with the use of the key.
 */
@Tag("database")
class KeyProblemsTest {
    private static final Duration SETTLING = Duration.ofSeconds(5);
    private static final String OK =
            "{\"choices\":[{\"message\":{\"content\":\"Hello.\"},\"finish_reason\":\"stop\"}]}";

    /** A provider's error. */
    private record Trouble(int status, String body) {}

    private final AtomicReference<@Nullable Trouble> trouble = new AtomicReference<>();
    private final AtomicReference<@Nullable Trouble> listingTrouble = new AtomicReference<>();
    private final FakeProvider provider = FakeProvider.answering((request, out) -> {
        var here = request.method().equals("GET") ? listingTrouble.get() : null;
        var failing = here == null ? trouble.get() : here;
        if (failing != null) {
            out.json(failing.status(), failing.body());
        } else {
            out.json(200, request.method().equals("GET") ? "{\"data\":[{\"id\":\"m-1\"}]}" : OK);
        }
    });
    private final TestApp app = TestApp.start(
            "  acme: {displayName: Acme, baseUrl: \"%s\", defaultModel: m-1, check: {get: /models}, models: {get: /models}}\n"
                    .formatted(provider.baseUrl()));

    @AfterEach
    void close() {
        app.close();
        provider.close();
    }

    private static Map<String, Object> choice() {
        return Map.of("provider", "acme", "modelId", "m-1", "apiKey", "good-key-1234");
    }

    private void fails(int status, String body) {
        trouble.set(new Trouble(status, body));
    }

    private void works() {
        trouble.set(null);
    }

    private @Nullable String verdict() {
        var keys = app.call("listApiKeys", Map.of(), "alice").path("keys");
        return keys.isEmpty() ? null : keys.get(0).path("verdict").stringValue(null);
    }

    /** The verdict is written after the answer. */
    private void settles(String expected) {
        var deadline = System.nanoTime() + SETTLING.toNanos();
        while (!expected.equals(verdict()) && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(verdict()).isEqualTo(expected);
    }

    private JsonNode chatFails() {
        return app.fail("sendChatMessage", Map.of("threadId", "t", "message", "hello"), "alice");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "403 | {\"error\":{\"code\":403,\"message\":\"Your API key was reported as leaked. Please use another API key.\",\"status\":\"PERMISSION_DENIED\"}} | key_leaked | create a new one",
                "401 | {\"error\":{\"type\":\"authentication_error\",\"message\":\"This API key has expired\"}} | key_expired | has expired",
                "403 | {\"error\":{\"status\":\"PERMISSION_DENIED\",\"details\":[{\"reason\":\"CONSUMER_SUSPENDED\"}]}} | account_suspended | suspended",
                "401 | {\"error\":{\"code\":\"account_deactivated\",\"message\":\"x\"}} | account_suspended | suspended",
                "403 | {\"error\":{\"status\":\"PERMISSION_DENIED\",\"details\":[{\"reason\":\"API_KEY_HTTP_REFERRER_BLOCKED\"}]}} | key_restricted | certain websites",
                "401 | {\"error\":{\"code\":\"ip_not_authorized\",\"message\":\"x\"}} | key_restricted | IP addresses",
                "403 | {\"error\":{\"details\":[{\"reason\":\"API_KEY_SERVICE_BLOCKED\"}]}} | key_restricted | not allowed to use the API",
                "401 | {\"error\":{\"message\":\"You have insufficient permissions for this operation. Missing scopes: model.request\"}} | key_restricted | lacks a permission",
                "403 | {\"error\":{\"details\":[{\"reason\":\"SERVICE_DISABLED\"}]}} | api_disabled | not enabled",
                "400 | {\"error\":{\"status\":\"FAILED_PRECONDITION\",\"message\":\"User location is not supported for the API use.\"}} | region | place where this server runs",
            })
    void aKeyThatCannotBeUsedIsRefusedWithItsOwnReasonAndInTheChatToo(
            int status, String body, String reason, String sentence) {
        fails(status, body);
        var refused = app.fail("updateUserModelConfig", choice(), "alice");
        assertThat(refused.path("details").path("reason").stringValue()).isEqualTo(reason);
        assertThat(refused.path("message").stringValue()).contains("Acme").contains(sentence);
        assertThat(verdict()).isNull();

        works();
        app.call("updateUserModelConfig", choice(), "alice");
        fails(status, body);
        var error = chatFails();
        assertThat(error.path("details").path("reason").stringValue()).isEqualTo(reason);
        assertThat(error.path("message").stringValue())
                .contains(sentence)
                .containsPattern("“(change my model|update my API key)”");
    }

    @Test
    void aListingRefusedBecauseOfTheKeySaysWhatIsWrongWithIt() {
        var given = Map.of("provider", "acme", "apiKey", "good-key-1234");
        fails(403, "{\"error\":{\"message\":\"Your API key was reported as leaked.\"}}");
        assertThat(app.fail("listModels", given, "alice")
                        .path("details")
                        .path("reason")
                        .stringValue())
                .isEqualTo("key_leaked");
        fails(401, "{\"error\":{\"code\":\"missing_scope\"}}");
        assertThat(app.fail("listModels", given, "alice")
                        .path("details")
                        .path("reason")
                        .stringValue())
                .isEqualTo("no_listing");
    }

    @Test
    void aRetiredModelIsSaidToBeRetiredInTheChat() {
        app.call("updateUserModelConfig", choice(), "alice");
        fails(
                400,
                "{\"error\":{\"message\":\"The model `m-1.5` has been decommissioned and is no longer supported.\"}}");
        var error = chatFails();
        assertThat(error.path("details").path("reason").stringValue()).isEqualTo("model_retired");
        assertThat(error.path("message").stringValue())
                .contains("no longer offers")
                .contains("list the models");
    }

    /** The list is not there for this key, so a short chat decides. */
    @Test
    void aRetiredModelIsNotSaved() {
        listingTrouble.set(new Trouble(404, "not found"));
        fails(400, "{\"error\":{\"message\":\"The model `m-1` has been decommissioned and is no longer supported.\"}}");
        var error = app.fail("updateUserModelConfig", choice(), "alice");
        assertThat(error.path("details").path("reason").stringValue()).isEqualTo("model_retired");
        assertThat(error.path("message").stringValue()).contains("Acme no longer offers the model \"m-1\"");
        assertThat(verdict()).isNull();
        app.say("alice", "t", "switch to acme with my own key");
        app.say("alice", "t", "m-1");
        assertThat(app.chat("alice", "t", "good-key-1234"))
                .startsWith("Acme no longer offers the model \"m-1\". Nothing was changed.");
        assertThat(app.chat("alice", "t", "cancel")).contains("nothing was changed");
    }

    @Test
    void aKeyThatMayNotListTheModelsButMayAnswerIsSavedWithoutAWarning() {
        listingTrouble.set(
                new Trouble(
                        401,
                        "{\"error\":{\"message\":\"You have insufficient permissions for this operation. Missing scopes: api.model.read\"}}"));
        assertThat(app.call("updateUserModelConfig", choice(), "alice").has("warning"))
                .isFalse();
        assertThat(verdict()).isEqualTo("valid");
    }

    @Test
    void aListingThatDoesNotExistProvesNothingAgainstAKeyThatAnswers() {
        listingTrouble.set(new Trouble(404, "not found"));
        assertThat(app.call("updateUserModelConfig", choice(), "alice").has("warning"))
                .isFalse();
    }

    @Test
    void aKeyMayBeSavedAloneThoughItMustNotUseTheDefaultModel() {
        listingTrouble.set(new Trouble(403, "{}"));
        fails(403, "{\"error\":{\"message\":\"no access to this model\"}}");
        app.call("saveApiKey", Map.of("provider", "acme", "apiKey", "good-key-1234"), "alice");
        assertThat(verdict()).isEqualTo("valid");
    }

    @Test
    void theFirstAnswerSettlesAKeyThatWasSavedUncheckedAndSaysSo() {
        fails(500, "{}");
        assertThat(app.call("updateUserModelConfig", choice(), "alice")
                        .path("warning")
                        .stringValue())
                .contains("saved unchecked");
        assertThat(verdict()).isEqualTo("unreachable");
        works();
        assertThat(app.chat("alice", "t", "hello"))
                .isEqualTo("*(Your key for Acme could not be checked when you saved it. It works.)*\n\nHello.");
        settles("valid");
        assertThat(app.chat("alice", "t", "hello again")).isEqualTo("Hello.");
    }

    @Test
    void aRefusalSettlesAKeyThatWasSavedUnchecked() {
        fails(500, "{}");
        app.call("updateUserModelConfig", choice(), "alice");
        fails(401, "{\"error\":{\"code\":\"invalid_api_key\"}}");
        assertThat(chatFails().path("details").path("reason").stringValue()).isEqualTo("invalid_key");
        settles("invalid");
    }

    @Test
    void aRefusalOfTheModelSettlesTheKeyToo() {
        fails(500, "{}");
        app.call("updateUserModelConfig", choice(), "alice");
        assertThat(verdict()).isEqualTo("unreachable");
        fails(404, "{\"error\":{\"code\":\"model_not_found\",\"message\":\"The model does not exist\"}}");
        assertThat(chatFails().path("details").path("reason").stringValue()).isEqualTo("unknown_model");
        settles("valid");
    }

    @Test
    void aProviderThatCannotBeAskedLeavesTheVerdictOfAStoredKey() {
        app.call("updateUserModelConfig", choice(), "alice");
        assertThat(verdict()).isEqualTo("valid");
        fails(500, "{}");
        var changed = app.call("updateUserModelConfig", Map.of("provider", "acme", "modelId", "m-1"), "alice");
        assertThat(changed.has("warning")).isFalse();
        assertThat(verdict()).isEqualTo("valid");
    }

    /** As of an app whose client sends no language. */
    @Test
    void aFailureSpeaksTheLanguageOfTheThreadsRequests() {
        app.call("updateUserModelConfig", choice(), "alice");
        app.chat("alice", "t", "Welches Modell benutze ich?");
        fails(402, "{\"error\":{\"message\":\"Insufficient Balance\"}}");
        assertThat(app.fail("sendChatMessage", Map.of("threadId", "t", "message", "hallo"), "alice")
                        .path("message")
                        .stringValue())
                .contains("Guthaben")
                .contains("Modell wechseln");
        assertThat(app.fail("sendChatMessage", Map.of("threadId", "new", "message", "hallo"), "alice")
                        .path("message")
                        .stringValue())
                .contains("no credit left");
    }

    @Test
    void aUseOverTheOpenAiApiSettlesTheVerdictToo() throws Exception {
        app.call("updateUserModelConfig", choice(), "alice");
        fails(402, "{\"error\":{\"message\":\"Insufficient Balance\"}}");
        var token = app.call("createPersonalToken", Map.of("name", "n"), "alice")
                .path("token")
                .stringValue();
        var request = HttpRequest.newBuilder(URI.create(app.url() + "/v1/chat/completions"))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}"))
                .build();
        assertThat(TestApp.send(request).body()).contains("no credit left");
        settles("no_credit");
    }

    @Test
    void aFailureThatIsNoFaultOfTheKeyLeavesItsVerdict() {
        app.call("updateUserModelConfig", choice(), "alice");
        fails(503, "{}");
        chatFails();
        assertThat(verdict()).isEqualTo("valid");
    }
}

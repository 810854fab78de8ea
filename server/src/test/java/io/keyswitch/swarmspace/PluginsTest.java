package io.keyswitch.swarmspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.testing.FakeProvider;
import io.keyswitch.testing.TestApp;
import io.keyswitch.testing.Tokens;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** SwarmSpace plugin calls with a scripted worker. */
@Timeout(180)
class PluginsTest {
    private static final String TOKEN = "the-internal-token-7f3a";
    private static final String KEY = "alices-own-gemini-key-1a2b";

    private volatile FakeProvider.Script script = (_, out) -> out.json(200, "{\"ok\":true}");

    private final FakeProvider worker = FakeProvider.answering((request, out) -> script.answer(request, out))
            .unchecked();

    private final TestApp app = TestApp.start(
            "",
            Map.of(
                    "GROQ_API_KEY",
                    "project-key-groq",
                    "GEMINI_API_KEY",
                    "project-key-gemini",
                    "SWARMSPACE_INTERNAL_TOKEN",
                    TOKEN,
                    "KEYSWITCH_SWARMSPACE_PLUGINS_GEMINI_FLASH_WORKER_URL",
                    worker.baseUrl() + "/flash/",
                    "KEYSWITCH_SWARMSPACE_PLUGINS_URL_READER_WORKER_URL",
                    worker.baseUrl() + "/reader",
                    "KEYSWITCH_SWARMSPACE_PLUGINS_EXA_SEARCH_WORKER_URL",
                    "",
                    "KEYSWITCH_SWARMSPACE_PLUGINS_WIKIPEDIA_WORKER_URL",
                    worker.baseUrl() + "/wikipedia"));

    @AfterEach
    void close() {
        app.close();
        worker.close();
    }

    private static String token(String user, @Nullable String plan) {
        var claims = Tokens.claims(user);
        if (plan != null) {
            claims.put("plan", plan);
        }
        return Tokens.unsigned(claims);
    }

    private HttpResponse<String> post(String name, String data, @Nullable String plan) {
        return TestApp.send(HttpRequest.newBuilder(URI.create(app.url() + "/" + name))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + token("alice", plan))
                .POST(HttpRequest.BodyPublishers.ofString("{\"data\":" + data + "}"))
                .build());
    }

    private HttpResponse<String> invoke(String plugin, String params) {
        return post("swarmspaceRouter", "{\"plugin_id\":\"%s\",\"params\":%s}".formatted(plugin, params), null);
    }

    private static JsonNode error(HttpResponse<String> answer) {
        return TestApp.parse(answer.body()).path("error");
    }

    private void useOwnKey(String provider, String model) {
        app.call(
                "updateUserModelConfig",
                Map.of("provider", provider, "modelId", model, "apiKey", KEY, "accountId", "0".repeat(32)),
                "alice");
    }

    private FakeProvider.Seen seen() {
        return worker.seen().getLast();
    }

    @Test
    void theWorkerReceivesUnchangedParamsAndTheDocumentedHeaders() {
        var params = "{\"query\":\"keys\",\"limit\":3,\"deep\":{\"_inner\":[1,2.50,null,true]}}";
        assertThat(invoke("wikipedia", params).statusCode()).isEqualTo(200);
        assertThat(seen().method()).isEqualTo("POST");
        assertThat(seen().path()).isEqualTo("/wikipedia/invoke");
        assertThat(TestApp.parse(seen().body())).isEqualTo(TestApp.parse(params));
        assertThat(seen().headers())
                .containsEntry("authorization", "Bearer " + TOKEN)
                .containsEntry("content-type", "application/json")
                .containsEntry("x-swarmspace-user-tier", "free")
                .containsEntry("x-swarmspace-user-id", "alice");
        assertThat(post("swarmspaceRouter", "{\"plugin_id\":\"wikipedia\"}", "pro")
                        .statusCode())
                .isEqualTo(200);
        assertThat(seen().body()).isEqualTo("{}");
        assertThat(seen().headers()).containsEntry("x-swarmspace-user-tier", "standard");
    }

    @ParameterizedTest
    @CsvSource({
        "alice, alice",
        "a/b, a/b",
        "jürgen müller, j%C3%BCrgen%20m%C3%BCller",
        "100%, 100%25",
        "😀, %F0%9F%98%80"
    })
    void workersReceiveThePercentEncodedUserId(String uid, String header) {
        app.call("swarmspaceRouter", Map.of("plugin_id", "wikipedia"), uid);
        assertThat(seen().headers()).containsEntry("x-swarmspace-user-id", header);
    }

    @Test
    void theWorkersJsonIsReturnedUnchanged() {
        var answers = List.of(
                "{\"quota\":{\"limit\":100,\"used\":42,\"remaining\":58,\"resets_at\":\"2026-03-01T00:00:00Z\"},\"n\":null,\"a\":[1,2.50,-3,1234567890123]}",
                "[1,\"two\"]",
                "\"text\"",
                "7",
                "{}");
        for (var answer : answers) {
            script = (_, out) -> out.json(200, answer);
            assertThat(invoke("wikipedia", "{}").body()).isEqualTo("{\"result\":" + answer + "}");
        }
    }

    private static Stream<Arguments> errorTable() {
        return Stream.of(
                Arguments.of("{}", 400, "INVALID_ARGUMENT", "plugin_id is required"),
                Arguments.of("{\"plugin_id\":7}", 400, "INVALID_ARGUMENT", "plugin_id is required"),
                Arguments.of("{\"plugin_id\":\"\"}", 400, "INVALID_ARGUMENT", "plugin_id is required"),
                Arguments.of("{\"plugin_id\":\"nope\",\"params\":[]}", 404, "NOT_FOUND", "Unknown plugin: nope"),
                Arguments.of(
                        "{\"plugin_id\":\"url-reader\",\"params\":{\"_x\":1}}",
                        403,
                        "PERMISSION_DENIED",
                        "Plugin url-reader requires the tier \"standard\". Your plan includes \"free\"."),
                Arguments.of(
                        "{\"plugin_id\":\"exa-search\"}", 503, "UNAVAILABLE", "Plugin exa-search is not set up here."),
                Arguments.of(
                        "{\"plugin_id\":\"wikipedia\",\"params\":[1]}",
                        400,
                        "INVALID_ARGUMENT",
                        "params must be an object."),
                Arguments.of(
                        "{\"plugin_id\":\"wikipedia\",\"params\":\"x\"}",
                        400,
                        "INVALID_ARGUMENT",
                        "params must be an object."),
                Arguments.of(
                        "{\"plugin_id\":\"gemini-flash\",\"params\":{\"_apiKeyOverride\":\"x\"}}",
                        400,
                        "INVALID_ARGUMENT",
                        "params must not contain names that begin with an underscore."),
                Arguments.of(
                        "{\"plugin_id\":\"wikipedia\",\"params\":{\"q\":\"" + "x".repeat(262_140) + "\"}}",
                        400,
                        "INVALID_ARGUMENT",
                        "params must have at most 262144 bytes."));
    }

    @ParameterizedTest
    @MethodSource("errorTable")
    void callErrorsAreReportedInTheDocumentedOrder(String data, int status, String code, String message) {
        var answer = post("swarmspaceRouter", data, null);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(error(answer).path("status").stringValue()).isEqualTo(code);
        assertThat(error(answer).path("message").stringValue()).isEqualTo(message);
        assertThat(worker.seen()).isEmpty();
    }

    @Test
    void authenticationIsCheckedBeforeArguments() {
        var answer = app.post("swarmspaceRouter", Map.of(), null);
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(error(answer).path("message").stringValue())
                .isEqualTo("Authentication required. Please sign in to continue.");
        assertThat(error(answer).path("details").path("code").stringValue()).isEqualTo("UNAUTHENTICATED");
    }

    @Test
    void anInsufficientTierIsRejectedWithTheUpgradeUrl() {
        var refused =
                "{\"plugin_id\":\"url-reader\",\"required_tier\":\"standard\",\"user_tier\":\"free\",\"upgrade_url\":%s}";
        assertThat(error(invoke("url-reader", "{}")).path("details"))
                .isEqualTo(TestApp.parse(refused.formatted("\"https://app.example/upgrade\"")));
        app.restart(Map.of("KEYSWITCH_SWARMSPACE_UPGRADE_URL", ""));
        assertThat(error(invoke("url-reader", "{}")).path("details"))
                .isEqualTo(TestApp.parse(refused.formatted("null")));
    }

    @Test
    void errorDetailsContainTheHttpStatusOfTheWorker() {
        for (int status : List.of(400, 404, 500, 503)) {
            script = (_, out) -> out.json(status, "{\"error\":\"words\"}");
            assertThat(error(invoke("wikipedia", "{}")).path("details"))
                    .isEqualTo(TestApp.parse("{\"plugin_id\":\"wikipedia\",\"status\":%d}".formatted(status)));
        }
    }

    private static Stream<Arguments> workersFaults() {
        var unavailable = "Plugin wikipedia is temporarily unavailable. Try again shortly.";
        var invalid = "Plugin wikipedia returned invalid response";
        return Stream.of(
                fault("does not respond", (_, out) -> out.awaitHangUp(), "UNAVAILABLE", unavailable),
                fault("resets the connection", (_, out) -> out.reset(), "UNAVAILABLE", unavailable),
                fault("200 without JSON", (_, out) -> out.json(200, "<html>"), "INTERNAL", invalid),
                fault("500 without JSON", (_, out) -> out.json(500, "oops"), "INTERNAL", invalid),
                fault("200 with an empty body", (_, out) -> out.json(200, ""), "INTERNAL", invalid),
                fault(
                        "stalls in the body",
                        (_, out) -> {
                            out.head(200, "application/json", "Content-Length: 100")
                                    .write("{\"a\":");
                            out.awaitHangUp();
                        },
                        "INTERNAL",
                        invalid),
                fault(
                        "429 with a message",
                        (_, out) -> out.json(429, "{\"error\":\"Slow down\"}"),
                        "RESOURCE_EXHAUSTED",
                        "Slow down"),
                fault("429 without a message", (_, out) -> out.json(429, "{}"), "RESOURCE_EXHAUSTED", "Plugin error"),
                fault("403", (_, out) -> out.json(403, "{\"error\":\"Not that\"}"), "PERMISSION_DENIED", "Not that"),
                fault("400", (_, out) -> out.json(400, "{\"error\":\"q is required\"}"), "INTERNAL", "q is required"),
                fault("401", (_, out) -> out.json(401, "{\"error\":\"Bad login\"}"), "INTERNAL", "Bad login"),
                fault("404", (_, out) -> out.json(404, "{\"error\":\"Gone\"}"), "INTERNAL", "Gone"),
                fault("500", (_, out) -> out.json(500, "{\"error\":{\"deep\":1}}"), "INTERNAL", "Plugin error"),
                fault(
                        "token rejected with 401",
                        (_, out) -> out.json(401, "{\"error\":\"Unauthorized\"}"),
                        "UNAVAILABLE",
                        unavailable),
                fault(
                        "token rejected with 403",
                        (_, out) -> out.json(403, "{\"error\":\"Unauthorized\"}"),
                        "UNAVAILABLE",
                        unavailable),
                fault(
                        "redirects",
                        (request, out) -> out.json(307, "{}", "Location: http://127.0.0.1:1/stolen"),
                        "INTERNAL",
                        "Plugin error"),
                fault(
                        "long message that contains a key",
                        (_, out) ->
                                out.json(500, "{\"error\":\"a\\nb gsk_abcdefghijklmnop1234 " + "x".repeat(300) + "\"}"),
                        "INTERNAL",
                        "a b [API key ending 1234] " + "x".repeat(174)));
    }

    private static Arguments fault(String name, FakeProvider.Script script, String code, String message) {
        return Arguments.of(name, script, code, message);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("workersFaults")
    void workerErrorsAreMappedAsDocumented(String name, FakeProvider.Script fault, String code, String message) {
        script = fault;
        var answer = invoke("wikipedia", "{}");
        assertThat(error(answer).path("status").stringValue()).as(answer.body()).isEqualTo(code);
        assertThat(error(answer).path("message").stringValue()).isEqualTo(message);
        assertThat(worker.seen()).hasSize(1);
    }

    @Test
    void anExhaustedQuotaIsInTheDetailsOfTheError() {
        script = (_, out) -> out.json(
                429,
                "{\"error\":\"Daily quota exceeded\",\"quota\":{\"limit\":100,\"used\":100,\"remaining\":0,\"resets_at\":\"2026-03-01T00:00:00Z\"}}");
        var details = error(invoke("wikipedia", "{}")).path("details");
        assertThat(details.path("plugin_id").stringValue()).isEqualTo("wikipedia");
        assertThat(details.path("quota").toString())
                .isEqualTo("{\"limit\":100,\"used\":100,\"remaining\":0,\"resets_at\":\"2026-03-01T00:00:00Z\"}");
    }

    @Test
    void theCircuitBreakerPausesOnlyTheUnreachableWorker() throws Exception {
        int port = freePort();
        app.restart(Map.of("KEYSWITCH_SWARMSPACE_PLUGINS_NEWS_WORKER_URL", "http://127.0.0.1:" + port));
        for (int i = 0; i < 5; i++) {
            assertThat(error(invoke("news", "{}")).path("status").stringValue()).isEqualTo("UNAVAILABLE");
        }
        try (var back = FakeProvider.answering(port, (_, out) -> out.json(200, "{}"))) {
            assertThat(error(invoke("news", "{}")).path("status").stringValue()).isEqualTo("UNAVAILABLE");
            assertThat(back.seen()).isEmpty();
        }
        assertThat(invoke("wikipedia", "{}").statusCode()).isEqualTo(200);
    }

    @Test
    void aWorkersErrorForOneUserDoesNotPauseItForOthers() {
        script = (request, out) -> out.json(request.body().contains("bad") ? 503 : 200, "{}");
        for (int i = 0; i < 20; i++) {
            app.fail("swarmspaceRouter", Map.of("plugin_id", "wikipedia", "params", Map.of("query", "bad")), "evil");
        }
        assertThat(invoke("wikipedia", "{\"query\":\"good\"}").statusCode()).isEqualTo(200);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "gemini, gemini-3-flash-preview, gemini-flash, true",
        "swarmspace, gemini-flash, gemini-flash, true",
        "gemini, gemini-3-flash-preview, wikipedia, false",
        "swarmspace, gemini-flash, wikipedia, false",
        "openai, gpt-5.5, gemini-flash, false",
        "anthropic, claude-sonnet-5-5, gemini-flash, false",
        "groq, openai/gpt-oss-120b, gemini-flash, false",
        "cloudflare, @cf/meta/llama-3.1-8b-instruct, gemini-flash, false",
    })
    void theUsersKeyIsSentOnlyToLlmPluginsOfItsProvider(
            String provider, String model, String plugin, boolean expected) {
        useOwnKey(provider, model);
        invoke(plugin, "{\"prompt\":\"hi\"}");
        assertThat(seen().body().contains(KEY)).isEqualTo(expected);
        assertThat(seen().headers().toString()).doesNotContain(KEY);
        assertThat(TestApp.parse(seen().body()).path("_apiKeyOverride").stringValue(""))
                .isEqualTo(expected ? KEY : "");
    }

    @Test
    void theProjectKeyIsNeverSentToAWorker() {
        for (var choice : List.of(
                Map.of("provider", "gemini", "modelId", "gemini-3-flash-preview", "useProjectKey", true),
                Map.of("provider", "groq", "modelId", "openai/gpt-oss-120b", "useProjectKey", true))) {
            app.call("updateUserModelConfig", choice, "alice");
            invoke("gemini-flash", "{}");
            assertThat(seen().body()).isEqualTo("{}");
        }
        app.call("deleteUserModelConfig", Map.of(), "alice");
        invoke("gemini-flash", "{}");
        assertThat(seen().body()).isEqualTo("{}");
    }

    @Test
    void aKeyEchoedByAWorkerIsRemovedFromTheResponse() {
        useOwnKey("gemini", "gemini-3-flash-preview");
        script = (request, out) -> {
            var base64 = Base64.getEncoder().encodeToString(KEY.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            out.json(
                    request.body().contains("fail") ? 500 : 200,
                    "{\"error\":\"%1$s\",\"%1$s\":[{\"deep\":\"your key %1$s, token %2$s, %3$s\"}],\"escaped\":\"\\u0061%4$s\"}"
                            .formatted(KEY, TOKEN, base64, KEY.substring(1)));
        };
        for (var params : List.of("{}", "{\"q\":\"fail\"}")) {
            assertThat(invoke("gemini-flash", params).body())
                    .contains("[API key ending 1a2b]")
                    .doesNotContain("own-gemini")
                    .doesNotContain("the-internal")
                    .doesNotContain("YWxpY2Vz");
        }
        assertThat(invoke("gemini-flash", "{}").body()).contains("token [internal token],");
    }

    @Test
    void deletingTheKeyCancelsAnInFlightPluginCall() throws Exception {
        useOwnKey("gemini", "gemini-3-flash-preview");
        var asked = new CountDownLatch(1);
        var hungUp = new CountDownLatch(1);
        script = (_, out) -> {
            asked.countDown();
            out.awaitHangUp();
            hungUp.countDown();
        };
        var call = CompletableFuture.supplyAsync(() -> invoke("gemini-flash", "{}"));
        assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
        app.call("deleteUserModelConfig", Map.of(), "alice");
        assertThat(error(call.get(1, TimeUnit.SECONDS))
                        .path("details")
                        .path("reason")
                        .stringValue())
                .isEqualTo("key_deleted");
        assertThat(hungUp.await(2, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void anUnreadableKeyIsReportedWithoutCallingTheWorker() {
        useOwnKey("gemini", "gemini-3-flash-preview");
        app.restart(Map.of("KEYSWITCH_PROVIDERS_GEMINI_BASE_URL", app.simulatorUrl() + "/elsewhere/v1beta"));
        var error = error(invoke("gemini-flash", "{}"));
        assertThat(error.path("details").path("reason").stringValue()).isEqualTo("key_unreadable");
        assertThat(worker.seen()).isEmpty();
        assertThat(invoke("wikipedia", "{}").statusCode()).isEqualTo(200);
    }

    @Test
    void pluginCallsDoNotCountAgainstTheProjectKeyAllowance() {
        app.restart(Map.of("KEYSWITCH_LIMITS_PROJECT_KEY_MESSAGES_PER_DAY", "1"));
        for (int i = 0; i < 3; i++) {
            assertThat(invoke("gemini-flash", "{}").statusCode()).isEqualTo(200);
        }
        assertThat(app.chat("alice", "t", "hello")).isNotEmpty();
    }

    /** When the chats are moved to another provider, no key is sent to the worker of the former one. */
    @Test
    void keysAreSentOnlyToPluginsOfTheirProviderWhenChatsAreMoved() {
        var moved = Map.of(
                "GROQ_API_KEY",
                "project-key-groq",
                "SWARMSPACE_INTERNAL_TOKEN",
                TOKEN,
                "KEYSWITCH_SWARMSPACE_PLUGINS_GEMINI_FLASH_WORKER_URL",
                worker.baseUrl() + "/flash");
        try (var other = TestApp.start("""
                swarmspace:
                  plugins:
                    gemini-flash: {chat: null}
                    deep-thought: {workerUrl: '%s/deep', description: d, llm: true, chat: {provider: groq, model: openai/gpt-oss-120b}}
                """.formatted(worker.baseUrl()), moved)) {
            for (var choice : List.of(
                    List.of("swarmspace", "deep-thought", "false", "true"),
                    List.of("gemini", "gemini-3-flash-preview", "false", "false"),
                    List.of("groq", "openai/gpt-oss-120b", "false", "true"))) {
                other.call(
                        "updateUserModelConfig",
                        Map.of("provider", choice.get(0), "modelId", choice.get(1), "apiKey", KEY),
                        "alice");
                other.call("swarmspaceRouter", Map.of("plugin_id", "gemini-flash"), "alice");
                assertThat(seen().body().contains(KEY))
                        .as(choice.toString())
                        .isEqualTo(choice.get(2).equals("true"));
                other.call("swarmspaceRouter", Map.of("plugin_id", "deep-thought"), "alice");
                assertThat(seen().body().contains(KEY))
                        .as(choice.toString())
                        .isEqualTo(choice.get(3).equals("true"));
            }
            var providers = other.call("listProviders", Map.of(), "alice").path("providers");
            var help = providers
                    .valueStream()
                    .filter(one -> List.of("groq", "swarmspace")
                            .contains(one.path("id").stringValue()))
                    .map(one -> one.path("keyHelpUrl").stringValue()
                            + one.path("keyPrefixHint").stringValue())
                    .distinct();
            assertThat(help).hasSize(1);
        }
    }
}

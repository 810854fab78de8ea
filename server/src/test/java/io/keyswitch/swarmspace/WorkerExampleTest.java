package io.keyswitch.swarmspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.testing.TestApp;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** The example worker in {@code examples/} on the real Workers runtime, called by Keyswitch, with a simulated Gemini. */
@Timeout(180)
class WorkerExampleTest {
    private static final String TOKEN = "an-internal-token-8d2c";

    @SuppressWarnings("NullAway.Init")
    private static TestApp app;

    @SuppressWarnings("NullAway.Init")
    private static Process worker;

    @SuppressWarnings("NullAway.Init")
    private static BufferedReader printed;

    private static String workerUrl = "";

    @BeforeAll
    static void start() throws Exception {
        if (!Files.exists(Path.of("server/src/test/node/node_modules/miniflare"))) {
            if ("true".equals(System.getenv("CI"))) {
                throw new AssertionError("the Workers runtime is missing; ./test installs it");
            }
            Assumptions.abort("skipped: the Workers runtime is missing; run ./test");
        }
        app = TestApp.start();
        worker = new ProcessBuilder(
                        "node", "worker.mjs", app.simulatorUrl() + "/gemini/v1beta", TOKEN, "the-workers-own-key-9z8y")
                .directory(Path.of("server/src/test/node").toFile())
                .redirectErrorStream(true)
                .start();
        printed = worker.inputReader(StandardCharsets.UTF_8);
        workerUrl = awaitUrl();
        app.restart(Map.of(
                "SWARMSPACE_INTERNAL_TOKEN",
                TOKEN,
                "KEYSWITCH_SWARMSPACE_PLUGINS_GEMINI_FLASH_WORKER_URL",
                workerUrl,
                "KEYSWITCH_TIMEOUTS_PLUGIN",
                "25s"));
    }

    private static String awaitUrl() throws IOException {
        for (var line = printed.readLine(); line != null; line = printed.readLine()) {
            if (Pattern.matches("http://127\\.0\\.0\\.1:\\d+", line)) {
                return line;
            }
        }
        throw new AssertionError("the worker did not start");
    }

    @AfterAll
    static void stop() throws Exception {
        if (worker != null) {
            worker.getOutputStream().close();
            if (!worker.waitFor(10, TimeUnit.SECONDS)) {
                worker.destroyForcibly();
            }
        }
        if (app != null) {
            app.close();
        }
    }

    private static JsonNode ask(String user, Map<String, Object> params) {
        return app.call("swarmspaceRouter", Map.of("plugin_id", "gemini-flash", "params", params), user);
    }

    private static String refusal(String user, Map<String, Object> params) {
        return app.fail("swarmspaceRouter", Map.of("plugin_id", "gemini-flash", "params", params), user)
                .path("message")
                .stringValue();
    }

    private static HttpResponse<String> direct(String method, String path, String token, String user, String body) {
        var request = HttpRequest.newBuilder(URI.create(workerUrl + path))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + token)
                .header("X-SwarmSpace-User-Id", user)
                .header("X-SwarmSpace-User-Tier", "free")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        // A new connection each time, because the runtime closes it when a rejected request has an unread body.
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void callsWithTheWorkersKeyCountAgainstTheQuota() {
        var answer = ask("walt", Map.of("prompt", "Hello", "system", "Be brief.", "max_tokens", 200));
        assertThat(answer.path("text").stringValue()).contains("9z8y");
        assertThat(answer.path("model").stringValue()).isEqualTo("gemini-3-flash-preview");
        assertThat(answer.path("quota").path("limit").intValue()).isEqualTo(100);
        assertThat(answer.path("quota").path("used").intValue()).isEqualTo(1);
        assertThat(answer.path("quota").path("remaining").intValue()).isEqualTo(99);
        assertThat(answer.path("quota").path("resets_at").stringValue()).endsWith("T00:00:00.000Z");
    }

    @Test
    void callsWithTheUsersKeyDoNotCountAgainstTheQuota() {
        app.call(
                "updateUserModelConfig",
                Map.of("provider", "gemini", "modelId", "gemini-3-flash-preview", "apiKey", "alices-own-key-1a2b"),
                "alice");
        var answer = ask("alice", Map.of("prompt", "Hello"));
        assertThat(answer.path("text").stringValue()).contains("1a2b").doesNotContain("9z8y");
        assertThat(answer.path("quota").path("used").intValue()).isZero();
    }

    @Test
    void aKeyRejectedByGeminiIsReportedWithoutBeingQuoted() {
        var body = "{\"prompt\":\"Hello\",\"_apiKeyOverride\":\"invalid-key-of-bob-5555\"}";
        var answer = direct("POST", "/invoke", TOKEN, "bob", body);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).isEqualTo("{\"error\":\"Gemini does not accept your API key\"}");
    }

    @Test
    void parameterErrorsOfTheWorkerAreReturnedToTheCaller() {
        assertThat(refusal("carol", Map.of())).isEqualTo("prompt is required");
        assertThat(refusal("carol", Map.of("prompt", 7))).isEqualTo("prompt is required");
        assertThat(refusal("carol", Map.of("prompt", "hi", "max_tokens", 100_000)))
                .isEqualTo("max_tokens must be 1 to 8192");
    }

    @Test
    void theWorkerRejectsInvalidTokensPathsMethodsAndBodies() {
        for (var token : new String[] {"", "wrong", TOKEN + "x", TOKEN.substring(1)}) {
            var answer = direct("POST", "/invoke", token, "mallory", "{\"prompt\":\"hi\"}");
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.body()).isEqualTo("{\"error\":\"Unauthorized\"}");
        }
        assertThat(direct("GET", "/other", TOKEN, "mallory", "").statusCode()).isEqualTo(404);
        assertThat(direct("PUT", "/invoke", TOKEN, "mallory", "{}").statusCode())
                .isEqualTo(405);
        assertThat(direct("POST", "/invoke", TOKEN, "mallory", "[1").statusCode())
                .isEqualTo(400);
        assertThat(direct("POST", "/invoke", TOKEN, "mallory", "[1]").statusCode())
                .isEqualTo(400);
    }

    @Test
    void aRejectedInternalTokenIsReportedAsUnavailable() {
        app.restart(Map.of("SWARMSPACE_INTERNAL_TOKEN", "another-internal-token"));
        try {
            var error = app.fail(
                    "swarmspaceRouter", Map.of("plugin_id", "gemini-flash", "params", Map.of("prompt", "hi")), "dave");
            assertThat(error.path("status").stringValue()).isEqualTo("UNAVAILABLE");
        } finally {
            app.restart(Map.of("SWARMSPACE_INTERNAL_TOKEN", TOKEN));
        }
    }

    @Test
    void anExhaustedDailyQuotaIsReported() {
        for (int i = 0; i < 100; i++) {
            assertThat(direct("POST", "/invoke", TOKEN, "erin", "{\"prompt\":\"hi\"}")
                            .statusCode())
                    .isEqualTo(200);
        }
        var error = app.fail(
                "swarmspaceRouter", Map.of("plugin_id", "gemini-flash", "params", Map.of("prompt", "hi")), "erin");
        assertThat(error.path("status").stringValue()).isEqualTo("RESOURCE_EXHAUSTED");
        assertThat(error.path("message").stringValue()).isEqualTo("Daily quota exceeded");
        assertThat(error.path("details").path("plugin_id").stringValue()).isEqualTo("gemini-flash");
        assertThat(error.path("details").path("quota").path("remaining").intValue())
                .isZero();
        assertThat(ask("frank", Map.of("prompt", "hi"))
                        .path("quota")
                        .path("used")
                        .intValue())
                .isEqualTo(1);
    }
}

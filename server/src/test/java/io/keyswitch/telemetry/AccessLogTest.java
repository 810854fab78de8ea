package io.keyswitch.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keyswitch.core.Json;
import io.keyswitch.testing.FakeProvider;
import io.keyswitch.testing.ServerProcess;
import io.keyswitch.testing.TestApp;
import io.keyswitch.testing.Tokens;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The log of a server that runs as its own process. */
@Timeout(300)
class AccessLogTest {
    private static final String PROJECT_KEY = "gsk_canary0project0key0a1b2";
    private static final String TEXT = "canary words of a user";

    private static List<JsonNode> log(ServerProcess server) throws Exception {
        var written = Files.readString(server.log());
        // The last line may not be complete.
        return written.substring(0, written.lastIndexOf('\n') + 1)
                .lines()
                .map(TestApp::parse)
                .toList();
    }

    private static List<JsonNode> accesses(ServerProcess server) throws Exception {
        return log(server).stream()
                .filter(line -> line.path("logger").asString("").equals(LogLevel.ACCESS))
                .filter(line -> !line.path("route").asString("").equals("/healthz"))
                .toList();
    }

    /** The access log line of a request, which is written when its response has ended. */
    private static JsonNode access(ServerProcess server, String request) {
        return await().until(
                        () -> accesses(server).stream()
                                .filter(line ->
                                        line.path("request").asString("").equals(request))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    private static HttpResponse<String> post(ServerProcess server, String path, Object body, String request) {
        return TestApp.send(HttpRequest.newBuilder(URI.create(server.url() + path))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + Tokens.emulator("alice"))
                .header("X-Request-Id", request)
                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.bytes(body)))
                .build());
    }

    private static Map<String, Object> completion(String text) {
        return Map.of("messages", List.of(Map.of("role", "user", "content", text)));
    }

    private static Map<String, Object> message(String text) {
        return Map.of("data", Map.of("threadId", "t", "message", text));
    }

    private static FakeProvider provider() throws Exception {
        return FakeProvider.answering((request, out) -> {
                    if (request.body().contains("fail")) {
                        out.json(500, "{\"error\":{\"message\":\"canary words of a provider\"}}");
                    } else if (request.body().contains("\"stream\":true")) {
                        out.stream()
                                .write("data: {\"choices\":[{\"delta\":{\"content\":\"canary words of a model\"},"
                                        + "\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n");
                    } else {
                        out.json(
                                200,
                                "{\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":\"canary words of a model\"},"
                                        + "\"finish_reason\":\"stop\"}]}");
                    }
                })
                .unchecked();
    }

    private static ServerProcess serve(Path directory, FakeProvider provider, Map<String, String> more)
            throws Exception {
        var environment = new HashMap<>(Map.of("GROQ_API_KEY", PROJECT_KEY));
        environment.putAll(more);
        return new ServerProcess(
                directory,
                "256m",
                "timeouts: {retries: 0s}\nproviders: {groq: {baseUrl: '%s/v1'}}\n".formatted(provider.baseUrl()),
                environment);
    }

    @Test
    void eachRequestIsLoggedWhenItEnds(@TempDir Path directory) throws Exception {
        try (var provider = provider();
                var server = serve(directory, provider, Map.of("KEYSWITCH_LOG_ACCESS", "true"))) {
            post(server, "/v1/chat/completions", completion(TEXT), "req-1");
            post(server, "/v1/chat/completions", completion(TEXT + " fail"), "req-2");
            post(server, "/sendChatMessage", message(TEXT), "req-3");
            post(server, "/sendChatMessage", message(TEXT + " fail"), "req-4");
            post(server, "/project/region/listThreads", Map.of("data", Map.of()), "req-5");
            post(server, "/" + PROJECT_KEY, Map.of("data", Map.of()), "req-6");
            post(server, "/v1/models/" + PROJECT_KEY, Map.of(), "req-7");

            var completed = access(server, "req-1");
            assertThat(completed.path("route").stringValue()).isEqualTo("/v1/chat/completions");
            assertThat(completed.path("status").intValue()).isEqualTo(200);
            assertThat(completed.path("millis").isIntegralNumber()).isTrue();
            assertThat(completed.path("provider").stringValue()).isEqualTo("groq");
            assertThat(completed.path("model").stringValue()).isEqualTo("openai/gpt-oss-120b");
            assertThat(completed.path("keySource").stringValue()).isEqualTo("project");
            assertThat(completed.has("reason")).isFalse();
            assertFailed(access(server, "req-2"), "/v1/chat/completions", 502, "server_error");
            assertThat(access(server, "req-3").path("route").stringValue()).isEqualTo("sendChatMessage");
            assertThat(access(server, "req-3").path("provider").stringValue()).isEqualTo("groq");
            assertFailed(access(server, "req-4"), "sendChatMessage", 503, "server_error");
            assertThat(access(server, "req-5").path("route").stringValue()).isEqualTo("listThreads");
            assertFailed(access(server, "req-6"), "none", 404, "not_found");
            assertFailed(access(server, "req-7"), "/v1/*", 404, "unknown_url");

            assertThat(log(server).stream()
                            .filter(line -> line.path("message").asString("").startsWith("completion failed"))
                            .map(line -> line.path("request").asString("none")))
                    .containsExactly("req-2", "req-4");
            var user = completed.path("user").stringValue();
            assertThat(user).matches("[0-9a-f]{16}");
            assertThat(access(server, "req-5").path("user").stringValue()).isEqualTo(user);
            assertThat(Files.readString(server.log())).doesNotContain("canary").doesNotContain("alice");
        }
    }

    private static void assertFailed(JsonNode line, String route, int status, String reason) {
        assertThat(line.path("route").stringValue()).isEqualTo(route);
        assertThat(line.path("status").intValue()).isEqualTo(status);
        assertThat(line.path("reason").stringValue()).isEqualTo(reason);
    }

    @Test
    void clientThatDisconnectsIsLoggedWith499(@TempDir Path directory) throws Exception {
        try (var provider = FakeProvider.answering((_, out) -> out.stream()
                                .write("data: {\"choices\":[{\"delta\":{\"content\":\"x\"}}]}\n\n")
                                .awaitHangUp())
                        .unchecked();
                var server = serve(directory, provider, Map.of("KEYSWITCH_LOG_ACCESS", "true"))) {
            var body = "{\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                socket.getOutputStream()
                        .write(("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nX-Request-Id: req-1\r\n"
                                        + "Content-Type: application/json\r\nAuthorization: Bearer "
                                        + Tokens.emulator("alice") + "\r\nContent-Length: " + body.length() + "\r\n\r\n"
                                        + body)
                                .getBytes(StandardCharsets.US_ASCII));
                assertThat(socket.getInputStream().read()).isPositive();
            }
            assertThat(access(server, "req-1").path("status").intValue()).isEqualTo(499);
        }
    }

    @Test
    void requestsAreNotLoggedByDefault(@TempDir Path directory) throws Exception {
        try (var provider = provider();
                var server = serve(directory, provider, Map.of())) {
            post(server, "/v1/chat/completions", completion("fail"), "req-1");
            assertThat(accesses(server)).isEmpty();
            assertThat(Files.readString(server.log())).contains("completion failed");
        }
    }

    @Test
    void linesBelowTheLevelAreNotLogged(@TempDir Path directory) throws Exception {
        try (var provider = provider();
                var server = serve(
                        directory, provider, Map.of("KEYSWITCH_LOG_LEVEL", "warn", "KEYSWITCH_LOG_ACCESS", "true"))) {
            post(server, "/v1/chat/completions", completion("fail"), "req-1");
            access(server, "req-1");
            assertThat(Files.readString(server.log()))
                    .doesNotContain("completion failed")
                    .doesNotContain("listening on");
        }
    }
}

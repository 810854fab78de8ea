package io.keyswitch.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.AppStarter;
import io.keyswitch.testing.FakeProvider;
import io.keyswitch.testing.ServerProcess;
import io.keyswitch.testing.TestApp;
import io.keyswitch.testing.TestData;
import io.keyswitch.testing.Tokens;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Whatever clients send, the server answers or closes, keeps running, and logs one JSON object per line. */
@Timeout(300)
class HostileInputTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private static HttpRequest.Builder post(String url, String type, byte[] body) {
        return HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", type)
                .timeout(Duration.ofSeconds(30))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    }

    private static String chat(ServerProcess server, String user, String message) {
        return server.call(user, "sendChatMessage", Map.of("threadId", "t", "message", message))
                .body();
    }

    private static void requireJsonLines(Path log) throws IOException {
        for (var line : Files.readAllLines(log)) {
            assertThat(TestApp.parse(line).isObject()).as(line).isTrue();
        }
    }

    @Test
    void jsonBombsAndEndlessStreamsDoNotExhaustA64MegabyteHeap() throws Exception {
        var line = "x".repeat(64 << 10);
        try (var provider = FakeProvider.answering((request, out) -> {
                            if (request.method().equals("GET")) {
                                out.json(200, "{\"data\":[]}");
                            } else if (request.body().contains("endless")) {
                                out.stream().write("data: ");
                                while (true) {
                                    out.write(line);
                                }
                            } else {
                                out.json(
                                        200,
                                        "{\"choices\":[{\"message\":{\"content\":\"fine\"},\"finish_reason\":\"stop\"}]}");
                            }
                        })
                        .unchecked();
                var server = new ServerProcess(
                        directory,
                        "64m",
                        "providers: {fake: {baseUrl: '%s/v1', defaultModel: m-1, check: {get: /models}}}\n"
                                .formatted(provider.baseUrl()),
                        Map.of())) {
            var configured = server.call(
                    "alice",
                    "updateUserModelConfig",
                    Map.of("provider", "fake", "modelId", "m-1", "apiKey", "alices-key-1a2b"));
            assertThat(configured.statusCode()).as(configured.body()).isEqualTo(200);
            for (var bomb : List.of("[[]],", "{\"\":0},", "{},", "\"\\u0000\",", "1e9,", "[")) {
                var body = ("{\"data\":[" + bomb.repeat((1 << 20) / bomb.length() - 4) + "0]}")
                        .getBytes(StandardCharsets.UTF_8);
                atOnce(24, () -> {
                    var answer = TestApp.send(post(server.url() + "/sendChatMessage", "application/json", body)
                            .build());
                    assertThat(answer.statusCode()).as(answer.body()).isIn(400, 401, 413, 503);
                    var completion = TestApp.send(post(server.url() + "/v1/chat/completions", "application/json", body)
                            .header("Authorization", "Bearer " + Tokens.emulator("alice"))
                            .build());
                    // Unusual but valid JSON may be accepted.
                    assertThat(completion.statusCode()).as(completion.body()).isIn(200, 400, 413, 503);
                });
            }
            atOnce(3, () -> assertThat(chat(server, "alice", "endless")).contains("error"));
            assertThat(chat(server, "alice", "hello")).contains("fine");
            assertThat(server.isHealthy()).isTrue();
            assertThat(Files.readString(server.log()) + server.stderr()).doesNotContain("OutOfMemoryError");
            requireJsonLines(server.log());
        }
    }

    private static void atOnce(int times, Runnable what) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = IntStream.range(0, times)
                    .mapToObj(_ -> threads.submit(what))
                    .toList();
            for (var one : all) {
                one.get();
            }
        }
    }

    @Test
    void everyJsonRouteHandlesEveryCaseOfTheJsonTestSuite() throws Exception {
        var cases = TestData.path("corpora/JSONTestSuite");
        var routes = new TreeSet<>(Set.of("/v1/chat/completions"));
        // Without a project key no request reaches a provider.
        try (var app = TestApp.start(
                        "",
                        Map.of(
                                "KEYSWITCH_LIMITS_REQUESTS_PER_MINUTE",
                                "1000000",
                                "KEYSWITCH_LIMITS_MESSAGE_CHARACTERS_PER_DAY",
                                "100000000"));
                var files = Files.walk(cases)) {
            AppStarter.functionNames(app.app()).forEach(name -> routes.add("/" + name));
            for (var file :
                    files.filter(path -> path.toString().endsWith(".json")).toList()) {
                var name = file.getFileName().toString();
                var json = Files.readAllBytes(file);
                for (var route : routes) {
                    var bare = status(app, route, json);
                    assertThat(bare).as(route + " " + name).isEqualTo(400);
                    if (name.startsWith("n_") && !name.contains("structure")) {
                        assertThat(status(app, route, wrapped(json)))
                                .as(route + " with " + name + " inside")
                                .isEqualTo(400);
                    } else {
                        assertThat(status(app, route, wrapped(json)))
                                .as(route + " with " + name + " inside")
                                .isBetween(200, 499);
                    }
                }
            }
        }
    }

    private static byte[] wrapped(byte[] json) throws IOException {
        var out = new java.io.ByteArrayOutputStream();
        out.write("{\"data\":".getBytes(StandardCharsets.US_ASCII));
        out.write(json);
        out.write('}');
        return out.toByteArray();
    }

    private static int status(TestApp app, String route, byte[] body) {
        return TestApp.send(post(app.url() + route, "application/json", body)
                        .header("Authorization", "Bearer " + Tokens.emulator("alice"))
                        .build())
                .statusCode();
    }

    /** Requires that the message is stored unchanged, except for redacted keys and unpaired surrogates. */
    private static void requireStored(TestApp app, String thread, String text, JsonNode result) {
        var page = app.call("getThread", Map.of("threadId", thread, "newest", true), "alice")
                .path("messages");
        var kept = page.get(page.size() - 2).path("content").stringValue();
        var expected = result.path("storedAs").stringValue(text);
        assertThat(kept).isEqualTo(expected);
    }

    @Test
    @Tag("database")
    void naughtyStringsInAnyFieldCauseNoServerError() throws Exception {
        var strings = TestApp.parse(Files.readString(TestData.path("corpora/blns/blns.json")));
        try (var app = TestApp.start()) {
            app.chat("alice", "t", "switch to groq, sim-echo: gsk_abcdefghijklmnop1234");
            int i = 0;
            for (JsonNode one : strings) {
                var text = one.stringValue();
                var sent = app.post("sendChatMessage", Map.of("threadId", "t" + i++ % 20, "message", text), "alice");
                assertThat(sent.statusCode()).as(text).isIn(200, 400);
                if (sent.statusCode() == 200) {
                    requireStored(
                            app,
                            "t" + (i - 1) % 20,
                            text,
                            TestApp.parse(sent.body()).path("result"));
                }
                for (var data : List.<Map<String, Object>>of(
                        Map.of("threadId", "c", "message", "hi", "clientMessageId", text),
                        Map.of("plugin_id", text, "params", Map.of(text, text)))) {
                    var name = data.containsKey("plugin_id") ? "swarmspaceRouter" : "sendChatMessage";
                    assertThat(app.post(name, data, "bob").statusCode())
                            .as(text)
                            .isIn(200, 400, 404);
                }
                for (var name : List.of(
                        "updateUserModelConfig",
                        "listModels",
                        "getThread",
                        "deleteThread",
                        "createPersonalToken",
                        "revokePersonalToken")) {
                    var answer = app.post(
                            name,
                            Map.of(
                                    "provider",
                                    text,
                                    "modelId",
                                    text,
                                    "apiKey",
                                    text,
                                    "accountId",
                                    text,
                                    "threadId",
                                    text,
                                    "pageToken",
                                    text,
                                    "name",
                                    text,
                                    "id",
                                    text),
                            "bob");
                    assertThat(answer.statusCode()).as(name + " " + text).isIn(200, 400, 404, 429);
                    assertThat(answer.headers().map().keySet()).doesNotContain("x-injected");
                }
            }
        }
    }

    @Test
    void anApiKeyInAnyOtherFieldIsRejected() {
        var key = "sk-ant-api03-abcdefghijklmnopqrstuvwxyz0123456789";
        try (var app = TestApp.start()) {
            for (var call : List.of(
                    Map.entry("createPersonalToken", Map.of("name", "editor " + key)),
                    Map.entry("updateUserModelConfig", Map.of("provider", "groq", "modelId", key)),
                    Map.entry("sendChatMessage", Map.of("threadId", "t", "message", "hi", "clientMessageId", key)))) {
                var error = app.fail(call.getKey(), call.getValue(), "alice");
                assertThat(error.path("details").path("reason").stringValue()).isEqualTo("key_in_field");
                assertThat(error.toString()).doesNotContain(key);
            }
        }
    }

    @Test
    void anUnknownHostHeaderIsRejectedWithEmulatorTokens() throws Exception {
        try (var app = TestApp.start()) {
            for (var path : List.of("/getUserModelConfig", "/v1/models", "/")) {
                assertThat(underName(app.port(), "evil.example:" + app.port(), path))
                        .startsWith("HTTP/1.1 403");
                assertThat(underName(app.port(), "localhost:" + app.port(), path))
                        .doesNotStartWith("HTTP/1.1 403");
            }
        }
    }

    @Test
    void bytesAfterAnUnknownTransferCodingAreNotParsedAsARequest() throws Exception {
        try (var app = TestApp.start();
                var socket = new Socket(InetAddress.getLoopbackAddress(), app.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write("""
                    POST /listProviders HTTP/1.1\r
                    Host: localhost\r
                    Content-Type: application/json\r
                    Transfer-Encoding: xchunked\r
                    \r
                    GET /healthz HTTP/1.1\r
                    Host: localhost\r
                    \r
                    """.getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().readAllBytes()).isEmpty();
        }
    }

    private static String underName(int port, String host, String path) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void theAddressRateLimitIsAppliedPerForwardedClientAddress() {
        try (var app = TestApp.start(
                "",
                Map.of(
                        "KEYSWITCH_LIMITS_REQUESTS_PER_MINUTE_PER_ADDRESS", "5",
                        "KEYSWITCH_SERVER_TRUSTED_PROXIES", "127.0.0.1"))) {
            for (int i = 0; i < 5; i++) {
                app.post("listProviders", Map.of(), "alice", Map.of("X-Forwarded-For", "198.51.100.1, 203.0.113.7"));
            }
            var refused =
                    app.post("listProviders", Map.of(), "bob", Map.of("X-Forwarded-For", "198.51.100.9, 203.0.113.7"));
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
            assertThat(refused.body())
                    .contains("requests_per_minute_per_address")
                    .contains("resetsAt");
            var twoLines = app.request("listProviders", Map.of(), "bob")
                    .header("X-Forwarded-For", "198.51.100.77")
                    .header("X-Forwarded-For", "203.0.113.7")
                    .build();
            assertThat(TestApp.send(twoLines).statusCode()).isEqualTo(429);
            assertThat(app.post("listProviders", Map.of(), "bob", Map.of("X-Forwarded-For", "203.0.113.8"))
                            .statusCode())
                    .isEqualTo(200);
        }
    }
}

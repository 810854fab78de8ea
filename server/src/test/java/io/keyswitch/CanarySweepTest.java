package io.keyswitch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyswitch.core.Json;
import io.keyswitch.testing.Canaries;
import io.keyswitch.testing.FakeProvider;
import io.keyswitch.testing.FakeProvider.Connection;
import io.keyswitch.testing.FakeProvider.Seen;
import io.keyswitch.testing.ServerProcess;
import io.keyswitch.testing.TestApp;
import io.keyswitch.testing.Tokens;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sends unique API keys through every endpoint and provider fault, then searches all output for them in every encoding. */
@Timeout(600)
class CanarySweepTest {
    private static final List<String> FAULTS = List.of(
            "fine",
            "echo",
            "refuse",
            "redirect",
            "hang",
            "reset",
            "error",
            "garbage",
            "midstream",
            "huge",
            "weird-head");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private final Canaries canaries = new Canaries();
    private final List<String> answers = new ArrayList<>();

    private String canary() {
        return canaries.next("sk-");
    }

    /** A provider that produces the fault named by the request's model ID and echoes the key wherever it can. */
    private static FakeProvider.Script faults(String elsewhere) {
        return (request, out) -> {
            var key = String.join(
                            "",
                            request.headers().getOrDefault("authorization", "").split("Bearer "))
                    + request.headers().getOrDefault("x-api-key", "")
                    + request.headers().getOrDefault("x-goog-api-key", "")
                    + TestApp.parse(request.body().isEmpty() ? "{}" : request.body())
                            .path("_apiKeyOverride")
                            .stringValue("");
            if (request.method().equals("GET")) {
                out.json(200, "{\"data\":[{\"id\":\"fine\"},{\"id\":\"" + key + "\"}]}");
            } else {
                fault(request, key, elsewhere, out);
            }
        };
    }

    private static void fault(Seen request, String key, String elsewhere, Connection out)
            throws IOException, InterruptedException {
        var model = FAULTS.stream()
                .filter(fault -> (request.path() + request.body()).contains("do-" + fault))
                .findFirst()
                .orElse("fine");
        var chunk = "data: {\"choices\":[{\"delta\":{\"content\":\"%s\"},\"finish_reason\":%s}]}\n\n";
        switch (model.equals("echo") && request.path().endsWith("/invoke") ? "plugin-echo" : model) {
            case "fine" -> out.stream().write(chunk.formatted("fine", "\"stop\""));
            case "plugin-echo" -> out.json(200, "{\"%1$s\":[\"the plugin got %1$s\"]}".formatted(key));
            case "echo" -> out.stream().write(chunk.formatted("your key is " + key, "\"stop\""));
            case "refuse" ->
                out.json(
                        401,
                        "{\"error\":{\"message\":\"Incorrect API key provided: %1$s\",\"param\":\"%1$s\"}}"
                                .formatted(key));
            case "redirect" -> out.json(307, "{}", "Location: " + elsewhere + "/?key=" + key);
            case "hang" -> out.awaitHangUp();
            case "reset" -> out.reset();
            case "error" -> out.json(500, "{\"error\":{\"message\":\"key %s broke\"}}".formatted(key), "X-Key: " + key);
            case "garbage" -> out.json(200, "{\"key\": " + key);
            case "midstream" ->
                out.stream()
                        .write(chunk.formatted("one ", "null"))
                        .write("data: {\"error\":{\"message\":\"" + key + "\"}}\n\n");
            case "huge" -> out.json(200, "{\"created\":1e99999999999,\"key\":\"" + key + "\"}");
            default -> out.write("HTTP/9.9 " + key + " what\r\n" + key + "\r\n\r\n" + key);
        }
    }

    private void call(ServerProcess server, String user, String name, Object data, boolean streamed) {
        send(
                server,
                name,
                user,
                Json.bytes(Map.of("data", data)),
                streamed ? "text/event-stream" : "application/json",
                Tokens.emulator(user));
    }

    private String send(ServerProcess server, String path, String user, byte[] body, String accept, String token) {
        var request = HttpRequest.newBuilder(URI.create(server.url() + "/" + path))
                .header("Content-Type", "application/json")
                .header("Accept", accept)
                .header("Authorization", "Bearer " + token)
                .timeout(Duration.ofSeconds(20))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            answers.add(user + " " + path + " " + answer.headers().map() + answer.body());
            return answer.body();
        } catch (IOException | InterruptedException e) {
            answers.add(String.valueOf(e));
            return "";
        }
    }

    @Test
    void noOutputContainsAKeyOnAnyPathUnderAnyProviderFault() throws Exception {
        try (var elsewhere =
                        FakeProvider.answering((_, out) -> out.json(200, "{}")).unchecked();
                var provider =
                        FakeProvider.answering(faults(elsewhere.baseUrl())).unchecked()) {
            var yaml = """
                    timeouts: {connect: 1s, firstByte: 1s, gap: 1s, total: 5s, retries: 1s, plugin: 1s}
                    limits: {requestsPerMinute: 10000, requestsPerMinutePerAddress: 100000}
                    providers:
                      speaks-openai: {baseUrl: "%1$s/v1", defaultModel: fine, models: {get: /models}}
                      speaks-anthropic: {baseUrl: "%1$s/v1", defaultModel: fine, wire: anthropic, auth: x-api-key, models: {get: /models}}
                      speaks-gemini: {baseUrl: "%1$s/v1", defaultModel: fine, wire: gemini, auth: x-goog-api-key, models: {get: /models}}
                    swarmspace:
                      plugins:
                        gemini-flash: {workerUrl: "%1$s/plugin", keysOf: [speaks-openai, speaks-anthropic, speaks-gemini]}
                        wikipedia: {workerUrl: "%1$s/plugin"}
                    """.formatted(provider.baseUrl());
            var metricsToken = canary();
            var environment = Map.of("SWARMSPACE_INTERNAL_TOKEN", canary(), "METRICS_TOKEN", metricsToken);
            try (var server = new ServerProcess(directory, "128m", yaml, environment)) {
                for (var wire : List.of("openai", "anthropic", "gemini")) {
                    everyPath(server, "speaks-" + wire);
                }
                readMetrics(server, metricsToken);
                server.crash();
                assertThat(server.crashFile()).exists();
                assertThat(everythingWritten(server)).doesNotContain("OutOfMemoryError");
                searchEverySink(server);
            }
            assertThat(elsewhere.seen()).isEmpty();
        }
    }

    private void everyPath(ServerProcess server, String provider) {
        for (var fault : FAULTS) {
            var user = provider + "-" + fault;
            var key = canaries.odd("sk-");
            call(
                    server,
                    user,
                    "updateUserModelConfig",
                    Map.of("provider", provider, "modelId", "do-" + fault, "apiKey", key),
                    false);
            call(server, user, "listModels", Map.of("provider", provider, "apiKey", key), false);
            call(server, user, "listModels", Map.of("provider", provider), false);
            call(server, user, "getUserModelConfig", Map.of(), false);
            call(server, user, "sendChatMessage", Map.of("threadId", "t", "message", "hello"), false);
            call(server, user, "sendChatMessage", Map.of("threadId", "t", "message", "hello again"), true);
            call(
                    server,
                    user,
                    "sendChatMessage",
                    Map.of("threadId", "t", "message", "my key is " + canary() + " ok?"),
                    false);
            call(
                    server,
                    user,
                    "sendChatMessage",
                    Map.of("threadId", "f", "message", "switch to " + provider + ", do-" + fault),
                    false);
            call(server, user, "sendChatMessage", Map.of("threadId", "f", "message", canary()), false);
            call(
                    server,
                    user,
                    "updateUserModelConfig",
                    Map.of("provider", provider, "modelId", "do-" + fault, "apiKey", key),
                    false);
            if (answers.getLast().contains("\"success\":true")) {
                inOtherPlaces(server, user, key);
            }
            for (var plugin : List.of("gemini-flash", "wikipedia")) {
                call(
                        server,
                        user,
                        "swarmspaceRouter",
                        Map.of("plugin_id", plugin, "params", Map.of("prompt", "do-" + fault)),
                        false);
            }
            call(server, user, "getThread", Map.of("threadId", "t"), false);
            call(server, user, "getThread", Map.of("threadId", "f"), false);
            call(server, user, "listThreads", Map.of(), false);
            for (var stream : new String[] {"true", "false"}) {
                send(
                        server,
                        "v1/chat/completions",
                        user,
                        ("{\"stream\":" + stream + ",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}")
                                .getBytes(StandardCharsets.UTF_8),
                        "*/*",
                        Tokens.emulator(user));
            }
        }
    }

    /** Sends the stored key as a token name, as a thread ID and inside a message. */
    private void inOtherPlaces(ServerProcess server, String user, String key) {
        call(server, user, "createPersonalToken", Map.of("name", key), false);
        call(server, user, "getThread", Map.of("threadId", key), false);
        call(server, user, "sendChatMessage", Map.of("threadId", key, "message", "hello"), false);
        call(server, user, "sendChatMessage", Map.of("threadId", "u", "message", "use " + key), true);
    }

    private void readMetrics(ServerProcess server, String token) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(server.url() + "/metrics"))
                .header("Authorization", "Bearer " + token)
                .build();
        try (var http = HttpClient.newHttpClient()) {
            var metrics = http.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(metrics.body()).contains("keyswitch_completions_seconds_count{outcome=\"broken_answer\"");
            answers.add(metrics.headers().map() + metrics.body());
        }
    }

    private String everythingWritten(ServerProcess server) throws IOException {
        var all = new StringBuilder();
        try (var files = Files.walk(directory)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                all.append(Files.readString(file, StandardCharsets.ISO_8859_1)).append('\n');
            }
        }
        return all.append(server.stderr()).toString();
    }

    private void searchEverySink(ServerProcess server) throws IOException {
        var answered = String.join("\n", answers);
        assertThat(answers).hasSizeGreaterThan(400);
        assertThat(answered)
                .contains("your key is ****")
                .contains("the plugin got [internal token][API key ending")
                .contains("fine");
        canaries.requireNoneIn("what was written", everythingWritten(server));
        canaries.requireNoneIn("answers", answered);
    }

    @Test
    void theCanarySearchDetectsWholePartialAndBase64EncodedKeys() {
        var key = canary();
        var inside = ("{\"k\":\"" + key + "\"}").getBytes(StandardCharsets.US_ASCII);
        for (var text : List.of(
                key,
                "a part: " + key.substring(20, 28),
                "x" + Base64.getEncoder().encodeToString(inside),
                "xy" + Base64.getUrlEncoder().encodeToString(inside))) {
            assertThatThrownBy(() -> canaries.requireNoneIn("a text", text)).isInstanceOf(AssertionError.class);
        }
        canaries.requireNoneIn("another text", "sk-" + key.substring(3, 10) + " " + key.substring(11, 18));
    }
}

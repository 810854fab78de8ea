package io.keyswitch.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keyswitch.core.Json;
import io.keyswitch.secret.MasterKeys;
import io.keyswitch.testing.FakeProvider;
import io.keyswitch.testing.ServerProcess;
import io.keyswitch.testing.TestApp;
import io.keyswitch.testing.Tokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Durability: acknowledged messages survive process kills, restarts and a full disk. */
@Tag("database")
@Timeout(300)
class DurabilityTest {
    private final Map<String, String> environment = new HashMap<>(Map.of(
            "LLM_SETTINGS_ENCRYPTION_KEY",
            MasterKeys.generate(),
            "GROQ_API_KEY",
            "project-key-groq",
            "SWARMSPACE_INTERNAL_TOKEN",
            "the-internal-token"));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private ServerProcess start(FakeProvider provider) throws Exception {
        return new ServerProcess(directory, "96m", """
                providers: {groq: {baseUrl: '%s/v1', check: null}}
                limits: {projectKeyMessagesPerDay: 1000000, requestsPerMinute: 1000000}
                timeouts: {drain: 1s}
                swarmspace: {plugins: {wikipedia: {workerUrl: '%s/wikipedia'}}}
                """.formatted(provider.baseUrl(), provider.baseUrl()), environment);
    }

    private static FakeProvider echo() {
        return FakeProvider.answering((request, out) -> {
                    var messages = TestApp.parse(request.body()).path("messages");
                    var last = messages.get(messages.size() - 1).path("content").stringValue();
                    out.json(
                            200,
                            "{\"choices\":[{\"message\":{\"content\":\"heard %s\"},\"finish_reason\":\"stop\"}]}"
                                    .formatted(last));
                })
                .unchecked();
    }

    /** Streams the start of an answer and never completes it. */
    private static FakeProvider beginning(CountDownLatch begun) {
        return FakeProvider.answering((_, out) -> {
            out.stream().write("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"so far\"}}]}\n\n");
            begun.countDown();
            out.awaitHangUp();
        });
    }

    private static HttpRequest.Builder request(ServerProcess server, String path, Object body) {
        return HttpRequest.newBuilder(URI.create(server.url() + path))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + Tokens.emulator("alice"))
                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.bytes(body)));
    }

    /** The response; status 0 and an empty body if the connection failed. */
    private record Answer(int status, String body) {}

    private static Answer send(HttpClient http, HttpRequest.Builder request) {
        try {
            var answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(answer.statusCode(), answer.body());
        } catch (IOException _) {
            return new Answer(0, "");
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static HttpRequest.Builder message(ServerProcess server, String thread, String text) {
        return request(
                server,
                "/sendChatMessage",
                Map.of("data", Map.of("threadId", thread, "message", text, "clientMessageId", "m" + text.hashCode())));
    }

    /** Fetches all pages of a thread. The messages are in order, keyed by their content. */
    private static Map<String, JsonNode> stored(HttpClient http, ServerProcess server, String thread) {
        var all = new LinkedHashMap<String, JsonNode>();
        var token = "";
        do {
            Map<String, Object> asked =
                    token.isEmpty() ? Map.of("threadId", thread) : Map.of("threadId", thread, "pageToken", token);
            var answer = send(http, request(server, "/getThread", Map.of("data", asked)));
            if (answer.status() == 404) {
                return all;
            }
            var page = TestApp.parse(answer.body()).path("result");
            for (var message : page.path("messages")) {
                var before = all.put(message.path("content").stringValue(), message);
                assertThat(before).as("stored twice: " + message).isNull();
            }
            token = page.path("nextPageToken").stringValue("");
        } while (!token.isEmpty());
        return all;
    }

    /** Waits until no turn of a killed process is left open, for as long as is promised. */
    private static void awaitEnded(HttpClient http, ServerProcess server, String thread) {
        await().atMost(Duration.ofSeconds(10))
                .until(() -> stored(http, server, thread).values().stream()
                        .noneMatch(
                                message -> message.path("status").stringValue().equals("streaming")));
    }

    @Test
    void anInFlightAnswerIsMarkedIncompleteAfterAProcessKill() throws Exception {
        var begun = new CountDownLatch(1);
        try (var provider = beginning(begun);
                var http = HttpClient.newHttpClient()) {
            try (var server = start(provider)) {
                var chat = CompletableFuture.supplyAsync(
                        () -> send(http, message(server, "t", "hello").header("Accept", "text/event-stream")));
                assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
                server.kill();
                assertThat(chat.get(20, TimeUnit.SECONDS).body()).doesNotContain("result");
            }
            try (var server = start(provider)) {
                awaitEnded(http, server, "t");
                var kept = stored(http, server, "t");
                assertThat(kept).containsKey("hello");
                assertThat(kept.values())
                        .allSatisfy(message ->
                                assertThat(message.path("status").stringValue()).isEqualTo("incomplete"));
            }
        }
    }

    @Test
    @Tag("sqlite")
    void messagesAreRejectedOnAFullDiskAndAcceptedWhenSpaceIsFree() throws Exception {
        try (var provider = echo();
                var server = start(provider);
                var http = HttpClient.newHttpClient()) {
            assertThat(send(http, message(server, "t", "before")).status()).isEqualTo(200);
            limitFiles(server, Long.toString(largestFile()));
            var refused = new Answer(200, "");
            for (int i = 0; i < 20 && refused.status() == 200; i++) {
                refused = send(http, message(server, "t", "too much " + i + " " + "x".repeat(50_000)));
            }
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.body()).contains("UNAVAILABLE").contains("cannot be reached right now");
            assertThat(send(http, message(server, "t", "refused")).status()).isEqualTo(503);
            assertThat(server.isHealthy()).isTrue();
            assertThat(ready(http, server)).isEqualTo("503 {\"status\":\"database unavailable\"}");

            limitFiles(server, "unlimited");
            assertThat(send(http, message(server, "t", "after")).status()).isEqualTo(200);
            assertThat(stored(http, server, "t"))
                    .containsKeys("before", "heard before", "after", "heard after")
                    .doesNotContainKey("refused");
            assertThat(ready(http, server)).isEqualTo("200 {\"status\":\"ok\"}");
        }
    }

    /** Asks when the last probe is older than the second for which its result is given. */
    private static String ready(HttpClient http, ServerProcess server) throws Exception {
        var request =
                HttpRequest.newBuilder(URI.create(server.url() + "/readyz")).build();
        Thread.sleep(1100);
        var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        return answer.statusCode() + " " + answer.body();
    }

    /** Limits the size of files that the process writes, which simulates a full disk. */
    private static void limitFiles(ServerProcess server, String bytes) throws Exception {
        var limit = new ProcessBuilder("prlimit", "--pid", Long.toString(server.pid()), "--fsize=" + bytes + ":")
                .inheritIO()
                .start();
        assertThat(limit.waitFor()).isZero();
    }

    private long largestFile() throws IOException {
        try (var files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().startsWith("keyswitch.db"))
                    .mapToLong(DurabilityTest::size)
                    .max()
                    .orElseThrow();
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a load balancer that asks a server can connect to it. */
    private static boolean accepts(ServerProcess server) {
        var url = URI.create(server.url());
        try (var _ = new Socket(url.getHost(), url.getPort())) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    @Test
    void shutdownNotifiesClientsAndStoresPartialAnswersAsIncomplete() throws Exception {
        var begun = new CountDownLatch(4);
        try (var provider = beginning(begun);
                var http = HttpClient.newHttpClient()) {
            try (var server = start(provider)) {
                var chat = CompletableFuture.supplyAsync(
                        () -> send(http, message(server, "t", "hello").header("Accept", "text/event-stream")));
                var plain = CompletableFuture.supplyAsync(() -> send(http, message(server, "u", "hello")));
                var completion = CompletableFuture.supplyAsync(() -> send(
                        http,
                        request(
                                server,
                                "/v1/chat/completions",
                                Map.of(
                                        "stream",
                                        true,
                                        "messages",
                                        java.util.List.of(Map.of("role", "user", "content", "hi"))))));
                var plugin = CompletableFuture.supplyAsync(() -> send(
                        http, request(server, "/swarmspaceRouter", Map.of("data", Map.of("plugin_id", "wikipedia")))));
                assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
                var turnedAway = CompletableFuture.supplyAsync(() -> {
                    while (accepts(server)) {
                        Thread.onSpinWait();
                    }
                    return !chat.isDone();
                });
                server.terminate();
                assertThat(turnedAway.get()).as("while answers are finished").isTrue();
                assertThat(chat.get().body())
                        .contains("so far")
                        .contains("\"reason\":\"stopped\"")
                        .contains("\"incomplete\":true");
                assertThat(plain.get().body()).contains("The server is being restarted. Please try again.");
                assertThat(completion.get().body()).contains("so far").contains("The server is being restarted");
                assertThat(plugin.get().body()).contains("UNAVAILABLE").contains("Try again shortly.");
            }
            try (var server = start(provider)) {
                for (var thread : new String[] {"t", "u"}) {
                    var kept = stored(http, server, thread);
                    assertThat(kept.keySet()).containsExactly("hello", "so far");
                    assertThat(kept.values())
                            .allSatisfy(
                                    message -> assertThat(message.path("status").stringValue())
                                            .isEqualTo("incomplete"));
                }
            }
        }
    }
}

package io.keyswitch.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.core.Json;
import io.keyswitch.testing.FakeProvider;
import io.keyswitch.testing.ServerProcess;
import io.keyswitch.testing.TestApp;
import io.keyswitch.testing.Tokens;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sockets and permits are released after every provider fault and whatever clients do. */
@Timeout(300)
class ResourceReleaseTest {
    private static final int AT_A_TIME = 4;
    private static final List<String> FAULTS = List.of("refuse", "reset", "hang", "truncate", "dribble", "fine");
    private static final String CHUNK = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"%s\"}}]}\n\n";

    private final AtomicInteger streaming = new AtomicInteger();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private void answer(FakeProvider.Seen request, FakeProvider.Connection out)
            throws IOException, InterruptedException {
        var fault = FAULTS.stream()
                .filter(word -> request.body().contains("please " + word))
                .findFirst()
                .orElse("endless");
        switch (fault) {
            case "refuse" -> out.json(500, "{}");
            case "reset" -> out.reset();
            case "hang" -> out.awaitHangUp();
            case "truncate" -> out.stream().write(CHUNK.formatted("one")).write("data: {\"choi");
            case "dribble" -> {
                out.stream();
                for (byte letter : CHUNK.formatted("slow").getBytes(StandardCharsets.US_ASCII)) {
                    out.write(new byte[] {letter});
                    TimeUnit.MILLISECONDS.sleep(300);
                }
            }
            case "fine" -> out.stream().write(CHUNK.formatted("fine")).write("data: [DONE]\n\n");
            default -> endless(out);
        }
    }

    private void endless(FakeProvider.Connection out) throws IOException {
        streaming.incrementAndGet();
        try {
            out.stream();
            for (var chunk = CHUNK.formatted("x".repeat(8_000)); ; ) {
                out.write(chunk);
            }
        } finally {
            streaming.decrementAndGet();
        }
    }

    private ServerProcess start(FakeProvider provider) throws Exception {
        return new ServerProcess(
                directory,
                "96m",
                """
                providers: {groq: {baseUrl: '%s/v1', check: null}}
                limits: {projectKeyMessagesPerDay: 100000, requestsPerMinute: 100000, concurrentCompletions: %d}
                timeouts: {firstByte: 1s, gap: 1s, total: 3s, retries: 0s, client: 4s}
                """.formatted(provider.baseUrl(), AT_A_TIME),
                Map.of("GROQ_API_KEY", "project-key-groq"));
    }

    private static long sockets(ServerProcess server) {
        try (var open = Files.list(Path.of("/proc/" + server.pid() + "/fd"))) {
            return open.filter(ResourceReleaseTest::isSocket).count();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isSocket(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }

    private static void await(String what, Callable<Boolean> holds) {
        Awaitility.await(what).atMost(Duration.ofSeconds(30)).until(holds);
    }

    private static HttpRequest request(ServerProcess server, String path, Object body) {
        return HttpRequest.newBuilder(URI.create(server.url() + path))
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + Tokens.emulator("alice"))
                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.bytes(body)))
                .build();
    }

    private static HttpResponse<String> completion(ServerProcess server, String fault) {
        return TestApp.send(request(
                server,
                "/v1/chat/completions",
                Map.of("stream", true, "messages", List.of(Map.of("role", "user", "content", "please " + fault)))));
    }

    private static HttpResponse<String> chat(ServerProcess server, String fault) {
        return TestApp.send(request(
                server, "/sendChatMessage", Map.of("data", Map.of("threadId", "t", "message", "please " + fault))));
    }

    @Test
    void afterEveryFaultAllPermitsAndSocketsAreReleased() throws Exception {
        try (var provider = FakeProvider.answering(this::answer).unchecked();
                var server = start(provider);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            assertThat(chat(server, "fine").statusCode()).isEqualTo(200);
            for (var fault : FAULTS) {
                for (int round = 0; round < 2; round++) {
                    var calls = IntStream.range(0, AT_A_TIME)
                            .mapToObj(i ->
                                    threads.submit(() -> i % 2 == 0 ? completion(server, fault) : chat(server, fault)))
                            .toList();
                    for (var call : calls) {
                        assertThat(call.get().body()).as(fault).doesNotContain("concurrent_completions");
                    }
                }
            }
            // Keep-alive connections to the provider and to this test's client stay open for a while.
            await("few sockets", () -> sockets(server) < 20);
            assertThat(completion(server, "fine").body()).contains("fine");
        }
    }

    @Test
    void idleConnectionsAndStalledReadersAreClosedAfterTheTimeout() throws Exception {
        try (var provider = FakeProvider.answering(this::answer).unchecked();
                var server = start(provider)) {
            assertThat(chat(server, "fine").statusCode()).isEqualTo(200);
            long before = sockets(server);
            var open = new ArrayList<Socket>();
            for (int i = 0; i < 2_000; i++) {
                open.add(new Socket(InetAddress.getLoopbackAddress(), server.port()));
            }
            var body = Json.text(Map.of(
                    "stream", true, "messages", List.of(Map.of("role", "user", "content", "go on without end"))));
            for (int i = 0; i < AT_A_TIME; i++) {
                var reader = new Socket();
                reader.setReceiveBufferSize(4_096);
                reader.connect(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
                reader.getOutputStream()
                        .write(
                                ("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                                + "Authorization: Bearer " + Tokens.emulator("alice")
                                                + "\r\nContent-Length: "
                                                + body.length() + "\r\n\r\n" + body)
                                        .getBytes(StandardCharsets.US_ASCII));
                open.add(reader);
            }
            await("four streams", () -> streaming.get() == AT_A_TIME);
            assertThat(server.isHealthy()).isTrue();
            await("no stream", () -> streaming.get() == 0);
            await("no more sockets than before", () -> sockets(server) <= before + 2);
            assertThat(completion(server, "fine").body()).contains("fine");
            for (var socket : open) {
                socket.close();
            }
        }
    }
}

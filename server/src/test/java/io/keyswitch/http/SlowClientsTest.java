package io.keyswitch.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keyswitch.testing.FakeProvider;
import io.keyswitch.testing.ServerProcess;
import io.keyswitch.testing.TestApp;
import io.keyswitch.testing.Tokens;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients that hold connections or buffer space without progress do not block others. */
@Timeout(300)
class SlowClientsTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    /** Waits until a function answers, for ten seconds at most. */
    private static void awaitServed(ServerProcess server) {
        await().until(() -> server.call("alice", "listThreads", Map.of()).statusCode() == 200);
    }

    @Test
    void incompleteRequestBodiesDoNotBlockOtherClients() throws Exception {
        try (var server = new ServerProcess(directory, "64m", "", Map.of())) {
            var sockets = new ArrayList<Socket>();
            for (int size = 1 << 20; size > 16; size /= 2) {
                for (int i = 0; i < (size == 1 << 20 ? 4 : 2); i++) {
                    var socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
                    socket.getOutputStream()
                            .write(
                                    ("POST /listThreads HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                                    + "Content-Length: " + size + "\r\n\r\n")
                                            .getBytes(StandardCharsets.US_ASCII));
                    sockets.add(socket);
                }
            }
            awaitServed(server);
            for (int i = 0; i < 20; i++) {
                assertThat(server.call("alice", "listThreads", Map.of()).statusCode())
                        .isEqualTo(200);
            }
            for (var socket : sockets) {
                socket.close();
            }
        }
    }

    @Test
    void aDisconnectedClientReleasesItsBodyBudget() throws Exception {
        try (var provider = FakeProvider.answering((request, out) -> {
                    out.stream();
                    out.awaitHangUp();
                });
                var server = new ServerProcess(
                        directory,
                        "64m",
                        "providers: {groq: {baseUrl: '%s/v1', check: null}}\n".formatted(provider.baseUrl()),
                        Map.of("GROQ_API_KEY", "project-key-groq"))) {
            for (var path : List.of("/v1/chat/completions", "/sendChatMessage")) {
                for (int i = 0; i < 6; i++) {
                    hangUp(server, provider, path);
                }
            }
            assertThat(server.call("bob", "listThreads", Map.of("padding", "x".repeat(900_000)))
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    /** Sends a request of 1 MB and disconnects once the provider has received it. */
    private static void hangUp(ServerProcess server, FakeProvider provider, String path) throws Exception {
        var message = path.startsWith("/v1")
                ? "{\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}"
                : "{\"data\":{\"threadId\":\"t\",\"message\":\"hi\"}}";
        int asked = provider.seen().size();
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream()
                    .write((("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                            + "Accept: text/event-stream\r\nAuthorization: Bearer "
                                            + Tokens.emulator("alice") + "\r\nContent-Length: 1000000\r\n\r\n"
                                            + message)
                                    + " ".repeat(1_000_000 - message.length()))
                            .getBytes(StandardCharsets.US_ASCII));
            await().until(() -> provider.seen().size() > asked);
        }
    }

    @Test
    void slowClientsAreDisconnectedWhileOthersAreServed() throws Exception {
        try (var server = new ServerProcess(directory, "64m", "timeouts: {client: 4s}\n", Map.of())) {
            var sockets = new ArrayList<Socket>();
            for (int i = 0; i < 300; i++) {
                var socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
                socket.setSoTimeout(20_000);
                var out = socket.getOutputStream();
                var said = switch (i % 3) {
                    case 0 -> "";
                    case 1 -> "POST /sendChatMessage HTTP/1.1\r\nHost: localhost\r\nX-Slow: a";
                    default ->
                        "POST /sendChatMessage HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                + "Content-Length: 1000000\r\n\r\n{\"data\":";
                };
                out.write(said.getBytes(StandardCharsets.US_ASCII));
                sockets.add(socket);
            }
            Thread.sleep(3_500);
            assertThat(server.call("alice", "listThreads", Map.of()).statusCode())
                    .isEqualTo(200);
            for (var socket : sockets) {
                socket.getInputStream().readAllBytes();
                socket.close();
            }
            assertThat(server.isHealthy()).isTrue();
            assertThat(Files.readString(server.log())).doesNotContain("OutOfMemoryError");
        }
    }

    @Test
    void idleConnectionsAreEvictedWhenTheLimitIsReached() throws Exception {
        try (var app = TestApp.start("", Map.of("KEYSWITCH_LIMITS_CONNECTIONS", "10"));
                var served = new Socket(InetAddress.getLoopbackAddress(), app.port())) {
            requireAlive(served);
            var silent = new ArrayList<Socket>();
            for (int i = 0; i < 30; i++) {
                silent.add(new Socket(InetAddress.getLoopbackAddress(), app.port()));
            }
            // A connection that has been served is not evicted in favour of idle ones.
            requireAlive(served);
            try (var newcomer = new Socket(InetAddress.getLoopbackAddress(), app.port())) {
                requireAlive(newcomer);
            }
            for (var first : silent.subList(0, 20)) {
                first.setSoTimeout(10_000);
                assertThat(first.getInputStream().read()).isEqualTo(-1);
            }
            for (var socket : silent) {
                socket.close();
            }
        }
    }

    private static void requireAlive(Socket socket) throws IOException {
        socket.setSoTimeout(10_000);
        socket.getOutputStream()
                .write("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        var answer = new StringBuilder();
        while (answer.indexOf("{\"status\":\"ok\"}") < 0) {
            int character = socket.getInputStream().read();
            assertThat(character).as("closed after: %s", answer).isNotNegative();
            answer.append((char) character);
        }
    }

    @Test
    void slowhttptestDoesNotMakeTheServerUnavailable() throws Exception {
        var tool = Path.of("/usr/bin/slowhttptest");
        org.junit.jupiter.api.Assumptions.assumeTrue(
                Files.isExecutable(tool) || "true".equals(System.getenv("CI")),
                "skipped: slowhttptest is not installed; run ./test");
        try (var server = new ServerProcess(directory, "64m", "timeouts: {client: 4s}\n", Map.of())) {
            for (var kind : new String[] {"-H", "-B", "-X"}) {
                var process = new ProcessBuilder(
                                tool.toString(),
                                kind,
                                "-c",
                                "300",
                                "-r",
                                "150",
                                "-i",
                                "1",
                                "-l",
                                "8",
                                "-p",
                                "3",
                                "-t",
                                "POST",
                                "-u",
                                server.url() + "/sendChatMessage")
                        .redirectErrorStream(true)
                        .start();
                TimeUnit.SECONDS.sleep(4);
                assertThat(server.isHealthy()).as(kind).isTrue();
                var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(process.waitFor(20, TimeUnit.SECONDS)).as(said).isTrue();
                assertThat(said.replaceAll("\u001b\\[[0-9;]*[A-Za-z]", ""))
                        .contains("service available:   YES")
                        .doesNotContain("service available:   NO");
            }
        }
    }
}

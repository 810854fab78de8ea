package io.keyswitch.http.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.core.Json;
import io.keyswitch.testing.TestApp;
import io.keyswitch.testing.Tokens;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.parsetools.RecordParser;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A provider receives a key only with requests of its owner, and only the owner receives the responses, with concurrent and
 * aborted requests, interim responses and surplus responses.
 */
@Timeout(600)
class KeyPairingTest {
    private static final int REQUESTS = 100_000;
    private static final int AT_ONCE = 128;
    private static final List<String> USERS = List.of("alice", "bob", "carol", "dave");
    private static final List<String> OF_DOUBLING = List.of("bob", "dave");
    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: (\\d+)");
    private static final Pattern AUTHORIZATION = Pattern.compile("(?i)authorization: (.*)");

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger mistaken = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    /** Requests that were on a connection already when a surplus response came: they fail, as it could be taken for theirs. */
    private final AtomicInteger refused = new AtomicInteger();

    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger aborted = new AtomicInteger();
    private final NetServer provider = provider();
    /** Sends surplus responses at times, so that its connections are soon no longer reused. */
    private final NetServer doubling = provider();

    private final TestApp app = TestApp.start(
            entry("fake", provider) + entry("doubling", doubling), Map.of("FAKE_API_KEY", "the-project-key"));

    private NetServer provider() {
        return vertx.createNetServer()
                .connectHandler(this::serve)
                .listen(0, "127.0.0.1")
                .await();
    }

    private static String entry(String id, NetServer server) {
        return "  %s: {baseUrl: 'http://127.0.0.1:%d/v1', defaultModel: m-1, check: {get: /models}, projectKey: FAKE_API_KEY}%n"
                .formatted(id, server.actualPort());
    }

    @AfterEach
    void close() {
        app.close();
        vertx.close().await();
    }

    /** Reads requests one after another: the head, then the body. */
    private void serve(NetSocket socket) {
        var parser = RecordParser.newDelimited("\r\n\r\n");
        var head = new StringBuilder();
        parser.handler(record -> {
            if (head.isEmpty()) {
                var length = LENGTH.matcher(record.toString());
                if (!length.find()) {
                    socket.write(response("{\"data\":[]}"));
                    return;
                }
                head.append(record);
                parser.fixedSizeMode(Integer.parseInt(length.group(1)));
            } else {
                answer(socket, head.toString(), record.toString());
                head.setLength(0);
                parser.delimitedMode("\r\n\r\n");
            }
        });
        socket.handler(parser);
    }

    /** Checks that the key belongs to the user named in the request body, then responds. */
    private void answer(NetSocket socket, String head, String body) {
        var request = TestApp.parse(body);
        var owner = request.path("user").stringValue();
        var authorization = AUTHORIZATION.matcher(head);
        var key = authorization.find() ? authorization.group(1) : "none";
        if (!List.of("Bearer the-key-of-" + owner, "Bearer the-project-key").contains(key)) {
            mistaken.incrementAndGet();
        }
        var chunk = "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"%s\"},\"finish_reason\":\"stop\"}]}"
                .formatted(owner);
        var response = request.path("stream").asBoolean()
                ? stream("data: " + chunk + "\n\ndata: [DONE]\n\n")
                : response(chunk.replace("delta", "message"));
        boolean doubles = socket.localAddress().port() == doubling.actualPort();
        switch (request.path("seed").asInt() % 10) {
            case 1, 2 -> socket.write("HTTP/1.1 102 Processing\r\n\r\n" + response);
            case 3, 4 -> socket.write("HTTP/1.1 103 X\r\nA: b\r\n\r\nHTTP/1.1 199 X\r\n\r\n" + response);
            case 5, 6 -> socket.write(doubles ? response + response : response);
            case 7, 8 -> {
                socket.write(response);
                if (doubles) {
                    vertx.setTimer(5, _ -> socket.write(response));
                }
            }
            default -> socket.write(response);
        }
    }

    private static String response(String json) {
        return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(json.length(), json);
    }

    private static String stream(String frames) {
        return "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n"
                .formatted(frames.length(), frames);
    }

    @Test
    void noKeyOrResponseReachesAnotherUserInOneHundredThousandRequests() throws Exception {
        configure("alice", Map.of("provider", "fake", "modelId", "m-1", "apiKey", "the-key-of-alice"));
        configure("bob", Map.of("provider", "doubling", "modelId", "m-1", "apiKey", "the-key-of-bob"));
        configure("carol", Map.of("provider", "fake", "modelId", "m-1", "useProjectKey", true));
        configure("dave", Map.of("provider", "doubling", "modelId", "m-1", "useProjectKey", true));
        var client = vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(AT_ONCE));
        var chains = new CompletableFuture<?>[AT_ONCE];
        for (int i = 0; i < AT_ONCE; i++) {
            var done = new CompletableFuture<Void>();
            chains[i] = done;
            vertx.runOnContext(_ -> next(client, done));
        }
        CompletableFuture.allOf(chains).get(580, TimeUnit.SECONDS);
        assertThat(mistaken).hasValue(0);
        assertThat(failed).hasValue(0);
        assertThat(refused).hasValueLessThan(REQUESTS / 1_000);
        assertThat(aborted).hasValueGreaterThan(REQUESTS / 4);
        assertThat(answered.get() + refused.get() + aborted.get()).isEqualTo(REQUESTS);
    }

    private void configure(String user, Map<String, Object> config) {
        app.call("updateUserModelConfig", config, user);
    }

    private void next(HttpClient client, CompletableFuture<Void> done) {
        int number = begun.getAndIncrement();
        if (number >= REQUESTS) {
            done.complete(null);
            return;
        }
        var user = USERS.get(number % USERS.size());
        var body =
                Json.object().put("user", user).put("stream", number % 3 == 0).put("seed", number);
        body.putArray("messages").addObject().put("role", "user").put("content", "hi");
        client.request(HttpMethod.POST, app.port(), "127.0.0.1", "/v1/chat/completions")
                .onFailure(_ -> failed.incrementAndGet())
                .onSuccess(request -> {
                    request.putHeader("Authorization", "Bearer " + Tokens.emulator(user))
                            .putHeader("Content-Type", "application/json");
                    if (number / 4 % 3 == 0) {
                        abort(request, body, () -> next(client, done));
                    } else {
                        request.send(Buffer.buffer(Json.bytes(body)))
                                .compose(KeyPairingTest::read)
                                .onComplete(answer -> {
                                    count(user, answer.succeeded() ? answer.result() : "");
                                    next(client, done);
                                });
                    }
                });
    }

    private void count(String user, String answer) {
        if (answer.contains("\"content\":\"" + user + "\"")) {
            answered.incrementAndGet();
        } else if (USERS.stream().anyMatch(other -> answer.contains("\"content\":\"" + other + "\""))) {
            mistaken.incrementAndGet();
        } else if (OF_DOUBLING.contains(user) && answer.contains("\"error\"")) {
            refused.incrementAndGet();
        } else {
            failed.incrementAndGet();
        }
    }

    /** Sends a request and aborts it after 1 to 4 ms. */
    private void abort(HttpClientRequest request, Object body, Runnable next) {
        request.send(Buffer.buffer(Json.bytes(body)));
        vertx.setTimer(1 + aborted.incrementAndGet() % 4, _ -> request.reset().onComplete(_ -> next.run()));
    }

    private static Future<String> read(HttpClientResponse response) {
        return response.body().map(Buffer::toString);
    }
}

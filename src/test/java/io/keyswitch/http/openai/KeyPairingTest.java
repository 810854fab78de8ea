package io.keyswitch.http.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.json.Json;
import io.keyswitch.testing.TestApp;
import io.keyswitch.testing.Tokens;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A key arrives with its owner's requests alone, however many come at once. */
@Timeout(180)
class KeyPairingTest {
    private static final int REQUESTS = 100_000;
    private static final int AT_ONCE = 128;

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger arrived = new AtomicInteger();
    private final AtomicInteger mistaken = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private final AtomicInteger begun = new AtomicInteger();
    private final HttpServer provider = vertx.createHttpServer()
            .requestHandler(this::answer)
            .listen(0, "127.0.0.1")
            .await();
    private final TestApp app =
            TestApp.start("  fake: {baseUrl: 'http://127.0.0.1:%d/v1', defaultModel: m-1, check: {get: /models}}\n"
                    .formatted(provider.actualPort()));

    @AfterEach
    void close() {
        app.close();
        vertx.close().await();
    }

    /** The owner stands in the key and in the request; they must be the same. */
    private void answer(HttpServerRequest request) {
        var key = String.valueOf(request.getHeader("Authorization"));
        request.body().onSuccess(body -> {
            if (request.method().equals(HttpMethod.GET)) {
                request.response().putHeader("Content-Type", "application/json").end("{\"data\":[]}");
                return;
            }
            arrived.incrementAndGet();
            var owner = TestApp.parse(body.toString()).path("user").stringValue();
            if (!key.equals("Bearer the-key-of-" + owner)) {
                mistaken.incrementAndGet();
            }
            var chunk = "{\"choices\":[{\"delta\":{\"content\":\"%s\"},\"finish_reason\":\"stop\"}]}".formatted(owner);
            if (body.toString().contains("\"stream\":true")) {
                request.response()
                        .putHeader("Content-Type", "text/event-stream")
                        .end("data: " + chunk + "\n\ndata: [DONE]\n\n");
            } else {
                request.response().putHeader("Content-Type", "application/json").end(chunk.replace("delta", "message"));
            }
        });
    }

    @Test
    void oneHundredThousandRequestsOfTwoUsersAreNeverMistaken() throws Exception {
        for (var user : new String[] {"alice", "bob"}) {
            app.call(
                    "updateUserModelConfig",
                    Map.of("provider", "fake", "modelId", "m-1", "apiKey", "the-key-of-" + user),
                    user);
        }
        var client = vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(AT_ONCE));
        var chains = new CompletableFuture<?>[AT_ONCE];
        for (int i = 0; i < AT_ONCE; i++) {
            var done = new CompletableFuture<Void>();
            chains[i] = done;
            vertx.runOnContext(_ -> next(client, done));
        }
        CompletableFuture.allOf(chains).get(170, TimeUnit.SECONDS);
        assertThat(mistaken).hasValue(0);
        assertThat(failed).hasValue(0);
        assertThat(arrived).hasValue(REQUESTS);
    }

    private void next(HttpClient client, CompletableFuture<Void> done) {
        int number = begun.getAndIncrement();
        if (number >= REQUESTS) {
            done.complete(null);
            return;
        }
        var user = number % 2 == 0 ? "alice" : "bob";
        var body = Json.object().put("user", user).put("stream", number % 3 == 0);
        body.putArray("messages").addObject().put("role", "user").put("content", "hi");
        client.request(HttpMethod.POST, app.port(), "127.0.0.1", "/v1/chat/completions")
                .compose(request -> request.putHeader("Authorization", "Bearer " + Tokens.emulator(user))
                        .putHeader("Content-Type", "application/json")
                        .send(Buffer.buffer(Json.bytes(body))))
                .compose(KeyPairingTest::read)
                .onComplete(
                        answer -> {
                            if (!answer.contains("\"content\":\"" + user + "\"")) {
                                failed.incrementAndGet();
                            }
                            next(client, done);
                        },
                        _ -> {
                            failed.incrementAndGet();
                            next(client, done);
                        });
    }

    private static Future<String> read(HttpClientResponse response) {
        return response.body().map(Buffer::toString);
    }
}

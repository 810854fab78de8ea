package io.keyswitch.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.core.UserId;
import io.keyswitch.provider.Endpoint;
import io.keyswitch.provider.ProviderId;
import io.keyswitch.secret.ApiKey;
import io.keyswitch.secret.KeyPlace;
import io.keyswitch.secret.MasterKeys;
import io.keyswitch.secret.Vault;
import io.keyswitch.sql.Database;
import io.keyswitch.sql.DatabaseLocation;
import io.keyswitch.testing.ServerProcess;
import io.keyswitch.testing.Tokens;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.PoolOptions;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * More users than fit into the heap, with keys and IDs of maximum length, each sending one request to
 * {@code /v1}: none is rejected, and the last are served about as fast as the first.
 */
@Timeout(600)
class ManyUsersTest {
    private static final int USERS = 22_500;
    private static final int PART = 3_750;
    private static final int AT_ONCE = 64;
    private static final String HEAP = "72m";
    private static final Buffer REQUEST = Buffer.buffer("{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");
    private static final Buffer RESPONSE = Buffer.buffer(
            "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"hello\"},\"finish_reason\":\"stop\"}]}");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final HttpServer provider = vertx.createHttpServer()
            .requestHandler(request -> request.response()
                    .putHeader("Content-Type", "application/json")
                    .end(RESPONSE))
            .listen(0, "127.0.0.1")
            .await();
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();

    @AfterEach
    void close() {
        vertx.close().await();
    }

    private static String subject(int number) {
        return "u".repeat(110) + number;
    }

    private String baseUrl() {
        return "http://127.0.0.1:%d/v1".formatted(provider.actualPort());
    }

    @Test
    void moreUsersThanFitInTheCachesAreServed() throws Exception {
        var masterKey = MasterKeys.generate();
        try (var server = new ServerProcess(
                directory,
                HEAP,
                "providers: {fake: {baseUrl: '%s', defaultModel: m-1, check: {get: /models}}}%nlimits: {requestsPerMinutePerAddress: 100000000}%n"
                        .formatted(baseUrl()),
                Map.of("LLM_SETTINGS_ENCRYPTION_KEY", masterKey))) {
            storeKeys(new Vault(MasterKeys.parse(masterKey)));
            var client = vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(AT_ONCE));
            long first = serve(client, server.port(), PART);
            serve(client, server.port(), USERS - PART);
            long last = serve(client, server.port(), USERS);
            assertThat(answered).hasValue(USERS);
            assertThat(server.log()).content().doesNotContain("OutOfMemory");
            // A full heap slowed requests down ninefold; a factor of 4 tolerates a busy machine.
            assertThat(last).as("first: %d ns", first).isLessThan(first * 4);
        }
    }

    private void storeKeys(Vault vault) {
        var provider = new ProviderId("fake");
        var endpoint = new Endpoint(baseUrl());
        try (var database = Database.open(new DatabaseLocation.File(directory.resolve("keyswitch.db")))) {
            database.write(handle -> {
                var configs = handle.prepareBatch("""
                        INSERT INTO model_config (user_id, thread_id, provider, model_id, key_source, updated_at)
                        VALUES (:user, '', 'fake', 'm-1', 'own', 1)
                        """);
                var keys = handle.prepareBatch("""
                        INSERT INTO api_key
                            (user_id, provider, name, key_hint, master_key_id, sealed_key, base_url, saved_at, checked_at)
                        VALUES (:user, 'fake', 'default', '1a2b', :masterKey, :sealed, :url, 1, 1)
                        """);
                for (int i = 0; i < USERS; i++) {
                    var user = new UserId("firebase/" + Tokens.PROJECT + "/" + subject(i));
                    var key = ApiKey.of("k".repeat(500) + i + "1a2b");
                    var sealed = vault.seal(key, new KeyPlace.Of(user, provider, endpoint));
                    configs.bind("user", user.value()).add();
                    keys.bind("user", user.value())
                            .bind("masterKey", sealed.masterKeyId())
                            .bind("sealed", sealed.record())
                            .bind("url", endpoint.baseUrl())
                            .add();
                }
                configs.execute();
                keys.execute();
                return true;
            });
        }
    }

    /** Sends requests until {@code until} users have been served. @return nanoseconds per request */
    private long serve(HttpClient client, int port, int until) throws Exception {
        int before = answered.get();
        long started = System.nanoTime();
        var chains = new CompletableFuture<?>[AT_ONCE];
        for (int i = 0; i < AT_ONCE; i++) {
            var done = new CompletableFuture<Void>();
            chains[i] = done;
            vertx.runOnContext(_ -> next(client, port, until, done));
        }
        CompletableFuture.allOf(chains).get(300, TimeUnit.SECONDS);
        return (System.nanoTime() - started) / (answered.get() - before);
    }

    private void next(HttpClient client, int port, int until, CompletableFuture<Void> done) {
        int number = begun.getAndUpdate(count -> Math.min(count + 1, until));
        if (number >= until) {
            done.complete(null);
            return;
        }
        client.request(HttpMethod.POST, port, "127.0.0.1", "/v1/chat/completions")
                .compose(request -> request.putHeader("Authorization", "Bearer " + Tokens.emulator(subject(number)))
                        .putHeader("Content-Type", "application/json")
                        .send(REQUEST))
                .compose(HttpClientResponse::body)
                .onComplete(body -> {
                    if (body.succeeded() && body.result().equals(RESPONSE)) {
                        answered.incrementAndGet();
                    }
                    next(client, port, until, done);
                });
    }
}

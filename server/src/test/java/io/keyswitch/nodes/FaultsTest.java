package io.keyswitch.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.core.Json;
import io.keyswitch.secret.MasterKeys;
import io.keyswitch.testing.BusyUser;
import io.keyswitch.testing.EchoProvider;
import io.keyswitch.testing.NginxProxy;
import io.keyswitch.testing.ServerProcess;
import io.keyswitch.testing.TestApp;
import io.keyswitch.testing.TestDatabase;
import io.keyswitch.testing.Tokens;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Three servers on one PostgreSQL behind nginx, under load: one is killed, one is stopped, the database is restarted, while
 * users chat and change keys, and tokens are revoked. {@code bench/faults} runs more rounds.
 */
class FaultsTest {
    private static final int ROUNDS = Integer.getInteger("keyswitch.faults", 1);
    private static final Duration PROMISED = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final String CHANGING = "carol";
    /** Those that change keys, complete and revoke tokens. */
    private static final int OTHER_CLIENTS = 3;

    /**
     * What may be answered at any time, beside 503 with its reason: 400 is the end of a completion whose key was replaced, 401
     * that of a revoked token.
     */
    private static final Set<String> EXPECTED = Set.of("acknowledged", "200", "400 key_deleted", "401 invalid_api_key");

    /** What a killed process leaves behind, 502 in nginx's word: nothing else may break a connection or a stream. */
    private static final Set<String> OF_A_KILL = Set.of("200 broken off", "502", "0");

    /** Also as the last event of a stream that had begun. */
    private static final Pattern TYPED = Pattern.compile("(?:200|503) (?:database|stopped)");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private final Map<String, String> environment =
            Map.of("LLM_SETTINGS_ENCRYPTION_KEY", MasterKeys.generate(), "GROQ_API_KEY", "project-key-groq");
    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicBoolean stopped = new AtomicBoolean();

    /** When the change that replaced each of the changing user's keys was acknowledged. */
    private final Map<String, Long> replacedAt = new ConcurrentHashMap<>();

    private final AtomicLong longestUseOfAnOldKey = new AtomicLong();
    private final AtomicLong longestUseOfARevokedToken = new AtomicLong();
    private final AtomicInteger keysChanged = new AtomicInteger();
    private final AtomicInteger tokensRevoked = new AtomicInteger();
    private final AtomicInteger misdirected = new AtomicInteger();
    private final Map<String, Integer> completions = new ConcurrentHashMap<>();

    private void heard(String key, String message) {
        long now = System.nanoTime();
        var user = message.split(" ", 2)[0];
        if (!message.contains(" says ")) {
            return;
        }
        if (!key.equals("project-key-groq") && !key.startsWith(BusyUser.keyPrefix(user))) {
            misdirected.incrementAndGet();
        }
        var replaced = replacedAt.get(key);
        if (replaced != null) {
            longestUseOfAnOldKey.accumulateAndGet(now - replaced, Math::max);
        }
    }

    private EmbeddedPostgres postgres(int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(directory.resolve("postgres"))
                .setCleanDataDirectory(false)
                .setPort(port)
                .start();
    }

    private ServerProcess server(TestDatabase database, int number, EchoProvider provider) throws Exception {
        var own = Files.createDirectories(directory.resolve("server" + number));
        return new ServerProcess(database, own, "160m", """
                providers: {groq: {baseUrl: '%s/v1', defaultModel: m-1, check: null}}
                limits: {projectKeyMessagesPerDay: 1000000, requestsPerMinute: 1000000, requestsPerMinutePerAddress: 1000000}
                timeouts: {drain: 5s}
                """.formatted(provider.baseUrl()), environment);
    }

    @Test
    void nothingIsLostAndChangesAreInForceWhileServersAndTheDatabaseFail() throws Exception {
        var postgres = postgres(0);
        int port = postgres.getPort();
        TestDatabase.createUser(postgres);
        var database = TestDatabase.on(postgres);
        var servers = new ArrayList<ServerProcess>();
        try (var provider = new EchoProvider(this::heard)) {
            for (int i = 0; i < 3; i++) {
                servers.add(server(database, i, provider));
            }
            try (var proxy = new NginxProxy(
                    Files.createDirectories(directory.resolve("nginx")),
                    servers.stream().map(ServerProcess::port).toList())) {
                var users = IntStream.range(0, 6)
                        .mapToObj(i -> new BusyUser("user" + i, http, i))
                        .toList();
                var running = load(proxy.url(), users);
                for (int round = 0; round < ROUNDS; round++) {
                    pause();
                    servers.get(0).kill();
                    pause();
                    servers.get(0).startAgain();
                    pause();
                    servers.get(1).terminate();
                    pause();
                    servers.get(1).startAgain();
                    pause();
                    postgres.close();
                    pause();
                    postgres = postgres(port);
                    pause();
                }
                stopped.set(true);
                for (var one : running) {
                    one.get(60, TimeUnit.SECONDS);
                }
                for (var user : users) {
                    user.check(proxy.url());
                }
                report(users);
            }
        } finally {
            stopped.set(true);
            servers.forEach(ServerProcess::close);
            postgres.close();
        }
    }

    private List<CompletableFuture<?>> load(String url, List<BusyUser> users) {
        var running = new ArrayList<CompletableFuture<?>>();
        users.forEach(user -> running.add(untilStopped(() -> user.act(url))));
        running.add(untilStopped(() -> changeKey(url)));
        running.add(untilStopped(() -> complete(url, Tokens.emulator(CHANGING), CHANGING)));
        running.add(untilStopped(() -> revokeToken(url)));
        return running;
    }

    private static void pause() throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
    }

    private CompletableFuture<?> untilStopped(Runnable action) {
        return CompletableFuture.runAsync(
                () -> {
                    while (!stopped.get()) {
                        action.run();
                    }
                },
                task -> Thread.ofVirtual().start(task));
    }

    /** Replaces the key of a user whose completions go on meanwhile. */
    private void changeKey(String url) {
        var key = BusyUser.keyPrefix(CHANGING) + "%04d".formatted(keysChanged.get());
        var next = BusyUser.keyPrefix(CHANGING) + "%04d".formatted(keysChanged.get() + 1);
        var config = Map.of("provider", "groq", "modelId", "m-1", "apiKey", next);
        if (call(url, "updateUserModelConfig", config) != null) {
            replacedAt.put(key, System.nanoTime());
            keysChanged.incrementAndGet();
            sleep(Duration.ofMillis(700));
        }
    }

    /** Uses a token until a while after it was revoked. */
    private void revokeToken(String url) {
        var created = call(url, "createPersonalToken", Map.of("name", "laptop"));
        if (created == null) {
            return;
        }
        var token = created.path("token").stringValue();
        var id = created.path("id").stringValue();
        for (int i = 0; i < 6; i++) {
            complete(url, token, CHANGING);
        }
        while (call(url, "revokePersonalToken", Map.of("id", id)) == null && !stopped.get()) {
            sleep(Duration.ofMillis(50));
        }
        long revoked = System.nanoTime();
        tokensRevoked.incrementAndGet();
        while (System.nanoTime() - revoked < PROMISED.multipliedBy(2).toNanos() && !stopped.get()) {
            long begun = System.nanoTime();
            if (complete(url, token, CHANGING) == 200) {
                longestUseOfARevokedToken.accumulateAndGet(begun - revoked, Math::max);
            }
        }
    }

    private static void sleep(Duration duration) {
        try {
            TimeUnit.MILLISECONDS.sleep(duration.toMillis());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Calls a function. @return its result, or null if it failed */
    private @Nullable JsonNode call(String url, String function, Object data) {
        var request = HttpRequest.newBuilder(URI.create(url + "/" + function))
                .header("Authorization", "Bearer " + Tokens.emulator(CHANGING))
                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.bytes(Map.of("data", data))));
        var answer = send(request);
        return answer.status() == 200 ? TestApp.parse(answer.body()).path("result") : null;
    }

    /** Completes on /v1. @return the status, 0 if there was no answer */
    private int complete(String url, String token, String user) {
        var body =
                Map.of("model", "default", "messages", List.of(Map.of("role", "user", "content", user + " says hi")));
        var answer = send(HttpRequest.newBuilder(URI.create(url + "/v1/chat/completions"))
                .header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.bytes(body))));
        completions.merge(outcome(answer), 1, Integer::sum);
        return answer.status();
    }

    private static String outcome(Answer answer) {
        var error = TestApp.parse(answer.body().startsWith("{") ? answer.body() : "{}")
                .path("error");
        var reason = error.path("details").path("reason").asString("");
        return (answer.status() + " " + error.path("code").asString(reason)).strip()
                + (answer.status() == 503 && !answer.retryAfter() ? " without Retry-After" : "");
    }

    /**
     * A response, or status 0 if there was none.
     *
     * @param retryAfter whether it says when to try again
     */
    private record Answer(int status, String body, boolean retryAfter) {
        static final Answer NONE = new Answer(0, "", false);
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            var answer = http.send(
                    request.header("Content-Type", "application/json")
                            .timeout(Duration.ofSeconds(40))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return new Answer(
                    answer.statusCode(),
                    answer.body(),
                    answer.headers().firstValue("Retry-After").isPresent());
        } catch (IOException _) {
            return Answer.NONE;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Answer.NONE;
        }
    }

    private void report(List<BusyUser> users) {
        var outcomes = new TreeMap<String, Integer>();
        users.forEach(user -> user.outcomes().forEach((word, count) -> outcomes.merge(word, count, Integer::sum)));
        System.out.printf(
                "%d rounds of a kill, a stop and a restart of the database: %d messages acknowledged and stored once, in order;"
                        + " requests of users %s, completions %s; %d keys changed, an old one used for %d ms at most;"
                        + " %d tokens revoked, accepted for %d ms at most%n",
                ROUNDS,
                users.stream().mapToInt(BusyUser::messages).sum(),
                outcomes,
                new TreeMap<>(completions),
                keysChanged.get(),
                TimeUnit.NANOSECONDS.toMillis(longestUseOfAnOldKey.get()),
                tokensRevoked.get(),
                TimeUnit.NANOSECONDS.toMillis(longestUseOfARevokedToken.get()));
        assertThat(misdirected).hasValue(0);
        assertThat(Duration.ofNanos(longestUseOfAnOldKey.get())).isLessThan(PROMISED);
        assertThat(Duration.ofNanos(longestUseOfARevokedToken.get())).isLessThan(PROMISED);
        assertThat(Stream.concat(outcomes.keySet().stream(), completions.keySet().stream()))
                .allMatch(outcome -> EXPECTED.contains(outcome)
                        || OF_A_KILL.contains(outcome)
                        || TYPED.matcher(outcome).matches());
        assertThat(OF_A_KILL.stream()
                        .mapToInt(outcome -> outcomes.getOrDefault(outcome, 0) + completions.getOrDefault(outcome, 0))
                        .sum())
                .as("a kill breaks at most one request of each client")
                .isLessThanOrEqualTo(ROUNDS * (users.size() + OTHER_CLIENTS));
        assertThat(keysChanged).hasPositiveValue();
        assertThat(tokensRevoked).hasPositiveValue();
    }
}

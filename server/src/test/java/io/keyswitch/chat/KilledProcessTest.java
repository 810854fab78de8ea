package io.keyswitch.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.secret.MasterKeys;
import io.keyswitch.testing.BusyUser;
import io.keyswitch.testing.Command;
import io.keyswitch.testing.EchoProvider;
import io.keyswitch.testing.ServerProcess;
import io.keyswitch.testing.TestDatabase;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the process at random moments while users send messages, change keys and delete threads, and compares what is stored
 * with what was acknowledged. {@code bench/kills} runs many cycles.
 */
@Tag("database")
class KilledProcessTest {
    private static final int CYCLES = TestDatabase.ON_POSTGRESQL
            ? Integer.getInteger("keyswitch.kills.postgresql", 2)
            : Integer.getInteger("keyswitch.kills", 4);

    private final Map<String, String> environment =
            Map.of("LLM_SETTINGS_ENCRYPTION_KEY", MasterKeys.generate(), "GROQ_API_KEY", "project-key-groq");

    /** The requests with a key that is neither the project's nor that of the user whose message it was. */
    private final AtomicInteger misdirected = new AtomicInteger();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private void heard(String key, String message) {
        var user = message.split(" ", 2)[0];
        if (message.contains(" says ")
                && !key.equals("project-key-groq")
                && !key.startsWith(BusyUser.keyPrefix(user))) {
            misdirected.incrementAndGet();
        }
    }

    private ServerProcess start(EchoProvider provider) throws Exception {
        return new ServerProcess(directory, "128m", """
                providers: {groq: {baseUrl: '%s/v1', defaultModel: m-1, check: null}}
                limits: {projectKeyMessagesPerDay: 1000000, requestsPerMinute: 1000000, requestsPerMinutePerAddress: 1000000}
                timeouts: {drain: 1s}
                """.formatted(provider.baseUrl()), environment);
    }

    @Test
    void whatWasAcknowledgedIsStoredOnceAndInOrderWhateverTheMomentOfTheKill() throws Exception {
        try (var provider = new EchoProvider(this::heard);
                var http = HttpClient.newHttpClient()) {
            var users = IntStream.range(0, 6)
                    .mapToObj(i -> new BusyUser("user" + i, http, i))
                    .toList();
            for (int cycle = 0; cycle < CYCLES; cycle++) {
                try (var server = start(provider)) {
                    check(users, server);
                    killWhileBusy(users, server);
                }
            }
            try (var server = start(provider)) {
                check(users, server);
                for (var user : users) {
                    finishPending(user, server);
                }
                check(users, server);
            }
            requireEveryKeyDecryptable();
            report(users);
        }
        assertThat(misdirected).hasValue(0);
    }

    /** Until another process knows that the one before has ended, it answers that the message can be sent again. */
    private static void finishPending(BusyUser user, ServerProcess server) {
        boolean done = false;
        for (int attempts = 0; attempts < 5 && !done; attempts++) {
            done = user.act(server.url());
        }
        assertThat(done).as(user::refused).isTrue();
    }

    private static void check(List<BusyUser> users, ServerProcess server) throws InterruptedException {
        for (var user : users) {
            user.check(server.url());
        }
    }

    private static void killWhileBusy(List<BusyUser> users, ServerProcess server) throws Exception {
        var stopped = new AtomicBoolean();
        var acting = users.stream()
                .map(user -> CompletableFuture.runAsync(
                        () -> {
                            while (!stopped.get()) {
                                user.act(server.url());
                            }
                        },
                        task -> Thread.ofVirtual().start(task)))
                .toList();
        TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextInt(50, 1500));
        server.kill();
        stopped.set(true);
        for (var user : acting) {
            user.get(60, TimeUnit.SECONDS);
        }
    }

    private void requireEveryKeyDecryptable() throws Exception {
        var report = Command.run(directory, environment, "doctor", "--json");
        assertThat(report.out())
                .as(report.err())
                .contains("API keys that can be decrypted")
                .doesNotContain("cannot be decrypted");
    }

    private static void report(List<BusyUser> users) {
        var outcomes = new TreeMap<String, Integer>();
        users.forEach(user -> user.outcomes().forEach((word, count) -> outcomes.merge(word, count, Integer::sum)));
        System.out.printf(
                "%d kills: %d messages acknowledged and stored once, in order, with their answers; of all requests %s%n",
                CYCLES, users.stream().mapToInt(BusyUser::messages).sum(), outcomes);
        // A server that stops says so with its status, or at the end of a stream that has begun.
        assertThat(outcomes.keySet())
                .as("kinds of answers")
                .isSubsetOf("acknowledged", "0", "200 broken off", "503 stopped", "200 stopped");
    }
}

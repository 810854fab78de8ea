package io.keyswitch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keyswitch.core.UserId;
import io.keyswitch.modelconfig.KeyRotation;
import io.keyswitch.provider.Endpoint;
import io.keyswitch.provider.ProviderId;
import io.keyswitch.secret.ApiKey;
import io.keyswitch.secret.KeyPlace;
import io.keyswitch.secret.MasterKeys;
import io.keyswitch.secret.SealedKey;
import io.keyswitch.secret.Vault;
import io.keyswitch.settings.SettingsLoader;
import io.keyswitch.sql.Database;
import io.keyswitch.testing.Command;
import io.keyswitch.testing.Program;
import io.keyswitch.testing.TestApp;
import io.keyswitch.testing.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Changing the master key: beside a running server, after kills, and with records that cannot be decrypted. */
@Tag("database")
@Timeout(300)
class RotateCommandTest {
    private static final String OLD = MasterKeys.generate();
    private static final String NEW = MasterKeys.generate();
    private static final String BOTH = NEW + "," + OLD;
    private static final String BASE_URL = "https://api.example/v1";

    private static final int KILLS = Integer.getInteger("keyswitch.rotation.kills", 2);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private TestDatabase data;

    @BeforeEach
    void writeSettings() throws Exception {
        data = TestDatabase.in(directory);
        Files.writeString(directory.resolve("keyswitch.yaml"), data.yaml());
    }

    private Command rotate(String masterKeys, String... options) throws Exception {
        var arguments = new String[options.length + 1];
        arguments[0] = "rotate";
        System.arraycopy(options, 0, arguments, 1, options.length);
        return Command.run(directory, Map.of(SettingsLoader.MASTER_KEY_VARIABLE, masterKeys), arguments);
    }

    private static KeyPlace place(String user) {
        return new KeyPlace.Of(new UserId(user), new ProviderId("example"), new Endpoint(BASE_URL));
    }

    private static ApiKey keyOf(String user) {
        return ApiKey.of("the-key-of-" + user);
    }

    /** Stores a key of each user under the first of the master keys, for a provider that is in no registry any more. */
    private static void store(Database database, String masterKeys, List<String> users) {
        var vault = new Vault(MasterKeys.parse(masterKeys));
        database.write(handle -> {
            for (var user : users) {
                var sealed = vault.seal(keyOf(user), place(user));
                handle.execute(
                        "INSERT INTO api_key (user_id, provider, name, key_hint, master_key_id, sealed_key, base_url,"
                                + " saved_at, checked_at) VALUES (?, 'example', 'default', '', ?, ?, ?, 0, 0)",
                        user,
                        sealed.masterKeyId(),
                        sealed.record(),
                        BASE_URL);
            }
            return true;
        });
    }

    private static List<String> users(int count) {
        return java.util.stream.IntStream.range(0, count)
                .mapToObj("user-%05d"::formatted)
                .toList();
    }

    /** Decrypts every stored key with these master keys alone. */
    private void requireReadable(String masterKeys, int count) {
        var vault = new Vault(MasterKeys.parse(masterKeys));
        try (var database = data.open()) {
            var opened =
                    database.read(handle -> handle.createQuery("SELECT user_id, master_key_id, sealed_key FROM api_key")
                            .map((row, _) -> vault.open(
                                            new SealedKey(row.getString("master_key_id"), row.getString("sealed_key")),
                                            place(row.getString("user_id")))
                                    .equals(keyOf(row.getString("user_id"))))
                            .list());
            assertThat(opened).hasSize(count).doesNotContain(false);
        }
    }

    @Test
    void everyKeyIsEncryptedAgainAndADryRunOnlyCounts() throws Exception {
        try (var database = data.open()) {
            store(database, OLD, users(450));
        }
        var dry = rotate(BOTH, "--dry-run");
        assertThat(dry.out()).contains("does not encrypt 450 of the stored keys yet");
        assertThat(dry.exitCode()).isZero();
        requireReadable(OLD, 450);

        var rotated = rotate(BOTH);
        assertThat(rotated.out())
                .contains("Encrypted 450 keys again")
                .contains("encrypts all of the stored keys: no other is needed any more")
                .contains("and restart.");
        assertThat(rotated.err()).contains("100 % (450 of 450)");
        assertThat(rotated.exitCode()).isZero();
        requireReadable(NEW, 450);
        assertThat(rotate(NEW).out()).contains("Encrypted 0 keys again").contains("encrypts all of the stored keys");
        assertThat(rotate(NEW, "--dry-run").out()).contains("does not encrypt 0 of the stored keys");
    }

    @Test
    void whatToolLoopsInProgressNeedIsCountedAndKeepsTheOldMasterKeyForAnHour() throws Exception {
        long now = System.currentTimeMillis();
        try (var database = data.open()) {
            store(database, OLD, users(2));
            for (var call : List.of("old", "expired", "new")) {
                var vault = new Vault(MasterKeys.parse(call.equals("new") ? NEW : OLD));
                database.write(handle -> handle.execute(
                        "INSERT INTO call_signature (user_id, call_id, sealed, expires_at) VALUES ('alice', ?, ?, ?)",
                        call,
                        vault.sealText("thinking", new KeyPlace.ToolCall("alice", "fingerprint", call)),
                        call.equals("expired") ? now - 1 : now + 3_600_000));
            }
        }
        var rotated = rotate(BOTH);
        assertThat(rotated.out())
                .contains("Keys that another master key encrypts: 0.")
                .contains("Another one is needed for 1 records of tool loops in progress")
                .doesNotContain("no other is needed");
        assertThat(rotated.exitCode()).isZero();
    }

    @Test
    void aKilledRotationIsFinishedByTheNextOne() throws Exception {
        try (var database = data.open()) {
            store(database, OLD, users(20_000));
        }
        var killed = beginRotation();
        try (var progress = killed.errorReader()) {
            assertThat(progress.readLine()).contains("of 20");
            killed.destroyForcibly().waitFor();
        }
        try (var database = data.open()) {
            var rotation = new KeyRotation(database, noProviders(), new Vault(MasterKeys.parse(BOTH)));
            assertThat(rotation.pending()).isPositive().isLessThan(20_000);
        }
        requireReadable(BOTH, 20_000);
        assertThat(rotate(BOTH).exitCode()).isZero();
        requireReadable(NEW, 20_000);
    }

    @Test
    void keysThatCannotBeDecryptedAreCountedAndKept() throws Exception {
        try (var database = data.open()) {
            store(database, OLD, users(3));
            store(database, MasterKeys.generate(), List.of("of-a-lost-master-key"));
            database.write(
                    handle -> handle.execute("UPDATE api_key SET user_id = 'another' WHERE user_id = 'user-00001'"));
        }
        var rotated = rotate(BOTH);
        assertThat(rotated.out())
                .contains("Encrypted 2 keys again")
                .contains("2 keys cannot be decrypted")
                .doesNotContain("no other is needed");
        assertThat(rotated.exitCode()).isEqualTo(1);
    }

    @Test
    void aKeyStoredMeanwhileUnderTheOldMasterKeyIsReported() {
        try (var database = data.open()) {
            store(database, OLD, users(3));
            var late = new AtomicBoolean();
            var result = new KeyRotation(database, noProviders(), new Vault(MasterKeys.parse(BOTH))).run(_ -> {
                if (late.compareAndSet(false, true)) {
                    store(database, OLD, List.of("a-late-one"));
                }
            });
            assertThat(result).isEqualTo(new KeyRotation.Result(3, 0, 1));
        }
    }

    @Test
    void noRequestFailsWhileKeysAreRotatedBesideServersAndTheRotationIsKilled() throws Exception {
        try (var app = TestApp.start("", Map.of(SettingsLoader.MASTER_KEY_VARIABLE, OLD))) {
            for (int i = 0; i < 20; i++) {
                app.call("updateUserModelConfig", choice(i), "user" + i);
            }
            app.say("held", "t", "here is my key: gsk_pasted_key_0000000001a2b");
            app.restartAfter(() -> {
                try (var database = app.data().open()) {
                    store(database, OLD, users(20_000));
                }
            });
            app.restart(Map.of(SettingsLoader.MASTER_KEY_VARIABLE, BOTH));
            Files.writeString(directory.resolve("keyswitch.yaml"), app.data().yaml());
            try (var nodes = new Nodes(app)) {
                var stop = new AtomicBoolean();
                var chatting = CompletableFuture.supplyAsync(() -> {
                    int sent = 0;
                    while (!stop.get()) {
                        var node = nodes.all().get(sent % nodes.all().size());
                        assertThat(node.chat("user" + sent % 20, "t", "hello")).contains("ending in `1a2b`");
                        // Some enter a key anew meanwhile.
                        if (sent++ % 5 == 0) {
                            node.call("updateUserModelConfig", choice(sent), "user" + sent % 20);
                        }
                    }
                    return sent;
                });
                for (int kills = 0; kills < KILLS; kills++) {
                    killInTheMiddle(app.data());
                }
                var rotated = rotate(BOTH);
                stop.set(true);
                int sent = chatting.get(30, TimeUnit.SECONDS);
                assertThat(sent).isGreaterThan(5);
                assertThat(rotated.out()).contains("no other is needed");
                assertThat(rotated.exitCode()).as(rotated.err()).isZero();
                System.out.printf(
                        "%d kills of a rotation: %d messages answered, none failed; %d keys left on the old master key%n",
                        KILLS, sent, onOldKey(app.data()));
                assertThat(onOldKey(app.data())).isZero();
            }
            app.restart(Map.of(SettingsLoader.MASTER_KEY_VARIABLE, NEW));
            assertThat(app.chat("user7", "t", "hello")).contains("ending in `1a2b`");
            assertThat(app.chat("held", "t", "yes")).startsWith("Which model?");
        }
    }

    @Test
    void aServerThatDoesNotHaveTheNewMasterKeyIsNoLongerReady() throws Exception {
        try (var app = TestApp.start("", Map.of(SettingsLoader.MASTER_KEY_VARIABLE, OLD))) {
            app.call("updateUserModelConfig", choice(1), "user1");
            assertThat(readiness(app)).isEqualTo("200 {\"status\":\"ok\"}");
            Files.writeString(directory.resolve("keyswitch.yaml"), app.data().yaml());
            assertThat(rotate(BOTH).exitCode()).isZero();
            await().untilAsserted(
                            () -> assertThat(readiness(app)).isEqualTo("503 {\"status\":\"master key missing\"}"));
            app.restart(Map.of(SettingsLoader.MASTER_KEY_VARIABLE, NEW));
            assertThat(readiness(app)).isEqualTo("200 {\"status\":\"ok\"}");
        }
    }

    private static String readiness(TestApp app) {
        var answer = TestApp.send(
                HttpRequest.newBuilder(URI.create(app.url() + "/readyz")).build());
        return answer.statusCode() + " " + answer.body();
    }

    private static Map<String, String> choice(int number) {
        return Map.of(
                "provider",
                "groq",
                "modelId",
                "openai/gpt-oss-120b",
                "apiKey",
                "gsk_key_of_user_%08d1a2b".formatted(number));
    }

    /** The servers on one database: two, if it can be shared. */
    private record Nodes(List<TestApp> all) implements AutoCloseable {
        Nodes(TestApp first) {
            this(first.data().isPostgresql() ? List.of(first, first.another()) : List.of(first));
        }

        @Override
        public void close() {
            all.stream().skip(1).forEach(TestApp::close);
        }
    }

    private Process beginRotation() throws IOException {
        var command = Program.command();
        command.add("rotate");
        var process = new ProcessBuilder(command).directory(directory.toFile());
        process.environment().put(SettingsLoader.MASTER_KEY_VARIABLE, BOTH);
        return process.start();
    }

    /** Kills a rotation that has begun and not ended. Where it has ended, keys of the old master key are stored again first. */
    private void killInTheMiddle(TestDatabase data) throws Exception {
        boolean killed = false;
        while (!killed) {
            if (onOldKey(data) < 5_000) {
                storeOnOldKey(data, users(20_000));
            }
            var rotation = beginRotation();
            try (var progress = rotation.errorReader()) {
                assertThat(progress.readLine()).contains(" of ");
                TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextInt(200));
                killed = rotation.isAlive();
                rotation.destroyForcibly().waitFor();
            }
        }
    }

    private static long onOldKey(TestDatabase data) throws SQLException {
        try (var connection = data.connect();
                var query = connection.prepareStatement("SELECT count(*) FROM api_key WHERE master_key_id = ?")) {
            query.setString(1, new Vault(MasterKeys.parse(OLD)).encryptingId());
            try (var found = query.executeQuery()) {
                assertThat(found.next()).isTrue();
                return found.getLong(1);
            }
        }
    }

    /** As if they had been entered before the rotation, beside the servers. */
    private static void storeOnOldKey(TestDatabase data, List<String> users) throws SQLException {
        var vault = new Vault(MasterKeys.parse(OLD));
        try (var connection = data.connect();
                var update = connection.prepareStatement(
                        "UPDATE api_key SET master_key_id = ?, sealed_key = ? WHERE user_id = ? AND provider = 'example'")) {
            connection.setAutoCommit(false);
            for (var user : users) {
                var sealed = vault.seal(keyOf(user), place(user));
                update.setString(1, sealed.masterKeyId());
                update.setString(2, sealed.record());
                update.setString(3, user);
                update.addBatch();
            }
            update.executeBatch();
            connection.commit();
        }
    }

    @Test
    void withoutMasterKeyItSaysWhatToSet() throws Exception {
        try (var _ = data.open()) {}
        var rotated = Command.run(directory, Map.of(), "rotate");
        assertThat(rotated.err()).contains(SettingsLoader.MASTER_KEY_VARIABLE + " is missing");
        assertThat(rotated.exitCode()).isEqualTo(2);
    }

    private static io.keyswitch.provider.ProviderRegistry noProviders() {
        return io.keyswitch.provider.ProviderRegistry.of(List.of());
    }
}

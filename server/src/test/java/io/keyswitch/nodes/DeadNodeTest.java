package io.keyswitch.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keyswitch.core.Json;
import io.keyswitch.secret.MasterKeys;
import io.keyswitch.testing.CallStream;
import io.keyswitch.testing.FakeProvider;
import io.keyswitch.testing.ServerProcess;
import io.keyswitch.testing.TestApp;
import io.keyswitch.testing.TestDatabase;
import io.keyswitch.testing.Tokens;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What a killed process was answering is known to be incomplete by the others within ten seconds of its death. */
@Timeout(120)
class DeadNodeTest {
    private static final Duration PROMISED = Duration.ofSeconds(10);
    private static final Map<String, String> MESSAGE =
            Map.of("threadId", "t", "message", "hi", "clientMessageId", "c-1");

    private final Map<String, String> environment =
            Map.of("LLM_SETTINGS_ENCRYPTION_KEY", MasterKeys.generate(), "GROQ_API_KEY", "project-key-groq");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private static void answer(FakeProvider.Seen request, FakeProvider.Connection out)
            throws IOException, InterruptedException {
        out.stream().write("data: {\"choices\":[{\"delta\":{\"content\":\"first \"}}]}\n\n");
        while (true) {
            TimeUnit.MILLISECONDS.sleep(100);
            out.write(": waiting\n\n");
        }
    }

    private ServerProcess server(TestDatabase database, String name, FakeProvider provider) throws Exception {
        return new ServerProcess(
                database,
                Files.createDirectories(directory.resolve(name)),
                "128m",
                """
                providers: {groq: {baseUrl: '%s/v1', defaultModel: m-1, check: null}}
                """.formatted(provider.baseUrl()),
                environment);
    }

    private static HttpRequest.Builder request(ServerProcess server, String function, Map<String, String> data) {
        return HttpRequest.newBuilder(URI.create(server.url() + "/" + function))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + Tokens.emulator("alice"))
                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.bytes(Map.of("data", data))));
    }

    private static JsonNode message(ServerProcess server) {
        var thread = TestApp.send(
                request(server, "getThread", Map.of("threadId", "t")).build());
        return TestApp.parse(thread.body()).path("result").path("messages").path(0);
    }

    @Test
    void aSurvivorSaysSoWithinTenSeconds() throws Exception {
        var database = TestDatabase.postgresql();
        try (var provider = FakeProvider.answering(DeadNodeTest::answer);
                var dying = server(database, "dying", provider);
                var survivor = server(database, "survivor", provider);
                var stream = new CallStream(request(dying, "sendChatMessage", MESSAGE))) {
            assertThat(stream.delta()).isEqualTo("first ");
            assertThat(message(survivor).path("status").stringValue()).isEqualTo("streaming");
            dying.kill();
            await().atMost(PROMISED)
                    .until(() -> message(survivor).path("status").stringValue().equals("incomplete"));
        }
    }
}

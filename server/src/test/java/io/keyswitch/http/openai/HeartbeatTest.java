package io.keyswitch.http.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.testing.FakeProvider;
import io.keyswitch.testing.TestApp;
import io.keyswitch.testing.Tokens;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Streams of {@code /v1} while the provider is silent; the server sends a heartbeat after 0.3 seconds. */
@Timeout(180)
class HeartbeatTest {
    private static final String HEARTBEAT = ": waiting\n\n";
    private static final String HELLO =
            "data: {\"choices\":[{\"delta\":{\"content\":\"Hello\"},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";
    private static final String INVALID_KEY = "{\"error\":{\"code\":\"invalid_api_key\"}}";

    private FakeProvider.Script script = (_, out) -> out.stream().write(HELLO);

    @SuppressWarnings("NullAway.Init")
    private FakeProvider fake;

    @SuppressWarnings("NullAway.Init")
    private TestApp app;

    @BeforeEach
    void start() {
        fake = FakeProvider.answering((request, out) -> {
            if (request.method().equals("GET")) {
                out.json(200, "{\"data\":[]}");
            } else {
                script.answer(request, out);
            }
        });
        app = TestApp.startImpatient(
                "  fake: {baseUrl: '%s/v1', defaultModel: fake-1, check: {get: /models}}\n".formatted(fake.baseUrl()));
        app.call(
                "updateUserModelConfig",
                Map.of("provider", "fake", "modelId", "fake-1", "apiKey", "fake-own-key-000-1a2b"),
                "alice");
    }

    @AfterEach
    void stop() {
        app.close();
        fake.close();
    }

    private HttpResponse<String> complete(boolean stream) {
        return TestApp.send(HttpRequest.newBuilder(URI.create(app.url() + "/v1/chat/completions"))
                .header("Authorization", "Bearer " + Tokens.emulator("alice"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"stream\":%s}".formatted(stream)))
                .build());
    }

    @Test
    void aSilentStreamBeginsWithHeartbeatsAndAPlainAnswerHasNone() {
        script = (_, out) -> {
            TimeUnit.MILLISECONDS.sleep(900);
            out.stream().write(HELLO);
        };
        assertThat(complete(true).body()).startsWith(HEARTBEAT + HEARTBEAT).endsWith(HELLO);
        assertThat(TestApp.parse(complete(false).body())
                        .at("/choices/0/message/content")
                        .stringValue())
                .isEqualTo("Hello");
    }

    @Test
    void anErrorAfterAHeartbeatIsTheLastEvent() {
        script = (_, out) -> {
            TimeUnit.MILLISECONDS.sleep(900);
            out.json(401, INVALID_KEY);
        };
        var late = complete(true);
        assertThat(late.statusCode()).isEqualTo(200);
        assertThat(late.body())
                .startsWith(HEARTBEAT)
                .contains("\"code\":\"invalid_api_key\"")
                .doesNotContain("[DONE]");
    }

    @Test
    void heartbeatsStandBetweenFrames() {
        script = (_, out) -> {
            out.stream().write("data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n");
            TimeUnit.MILLISECONDS.sleep(900);
            out.write(HELLO);
        };
        assertThat(complete(true).body())
                .startsWith("data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n" + HEARTBEAT)
                .endsWith(HELLO);
    }
}

package io.keyswitch.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.core.Json;
import io.keyswitch.testing.FakeProvider;
import io.keyswitch.testing.TestApp;
import io.keyswitch.testing.Tokens;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Answers that go on for long do not keep the bodies of their requests, whose memory is limited for all together. */
@Timeout(120)
class LongStreamsTest {
    private static final int BODY_BYTES = 1_000_000;
    private static final int MORE_THAN_THE_LIMIT = (int) (Runtime.getRuntime().maxMemory() / 16 / BODY_BYTES) + 8;

    private final CountDownLatch goOn = new CountDownLatch(1);

    private void answer(FakeProvider.Seen request, FakeProvider.Connection out)
            throws IOException, InterruptedException {
        if (request.method().equals("GET")) {
            out.json(200, "{\"data\":[{\"id\":\"m-1\"}]}");
            return;
        }
        out.stream().write("data: {\"choices\":[{\"delta\":{\"content\":\"first\"}}]}\n\n");
        while (!goOn.await(100, TimeUnit.MILLISECONDS)) {
            out.write(": waiting\n\n");
        }
        out.write("data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n");
    }

    private static HttpRequest completion(TestApp app) {
        var message = Map.of("role", "user", "content", "long ".repeat(BODY_BYTES / 5));
        var body = Json.bytes(Map.of("model", "default", "stream", true, "messages", List.of(message)));
        return HttpRequest.newBuilder(URI.create(app.url() + "/v1/chat/completions"))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + Tokens.emulator("alice"))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
    }

    @Test
    void moreStreamsRunThanRequestsFitIntoTheMemoryForBodies() throws Exception {
        try (var provider = FakeProvider.answering(this::answer);
                var app = TestApp.start("  fake: {baseUrl: '%s/v1', defaultModel: m-1, check: {get: /models}}\n"
                        .formatted(provider.baseUrl()));
                var http = HttpClient.newHttpClient()) {
            app.call(
                    "updateUserModelConfig",
                    Map.of("provider", "fake", "modelId", "m-1", "apiKey", "the-key-1a2b"),
                    "alice");
            var request = completion(app);
            var streams = new ArrayList<BufferedReader>();
            try {
                for (int i = 0; i < MORE_THAN_THE_LIMIT; i++) {
                    var answer = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
                    assertThat(answer.statusCode()).as("stream " + i).isEqualTo(200);
                    var lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
                    assertThat(lines.readLine()).contains("first");
                    streams.add(lines);
                }
            } finally {
                goOn.countDown();
            }
            for (var lines : streams) {
                assertThat(lines.lines()).endsWith("data: [DONE]", "");
            }
        }
    }
}

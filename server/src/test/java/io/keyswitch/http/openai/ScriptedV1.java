package io.keyswitch.http.openai;

import io.keyswitch.testing.FakeProvider;
import io.keyswitch.testing.TestApp;
import io.keyswitch.testing.Tokens;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import tools.jackson.databind.JsonNode;

/** A server on which Alice and Bob use an OpenAI-compatible provider whose responses are scripted by the test. */
abstract class ScriptedV1 {
    static final String KEY = "fake-own-key-000-1a2b";

    @SuppressWarnings("NullAway.Init")
    static TestApp app;

    static FakeProvider.Script script = (_, out) -> out.json(500, "{}");

    @SuppressWarnings("NullAway.Init")
    static FakeProvider fake;

    @BeforeAll
    static void start() {
        fake = FakeProvider.answering((request, out) -> {
            if (request.method().equals("GET")) {
                out.json(200, "{\"data\":[{\"id\":\"fake-1\",\"context_window\":8192}]}");
            } else {
                script.answer(request, out);
            }
        });
        app = TestApp.start(
                "  fake: {baseUrl: '%s/v1', defaultModel: fake-1, models: {get: /models}, quirks: {dropIfRefused: [temperature], dropZeroUsage: true, reasoningContent: true}}\n"
                        .formatted(fake.baseUrl()));
        for (var user : new String[] {"alice", "bob"}) {
            app.call("updateUserModelConfig", Map.of("provider", "fake", "modelId", "fake-1", "apiKey", KEY), user);
        }
    }

    @AfterAll
    static void stop() {
        app.close();
        fake.close();
    }

    static String token(String user) {
        return app.call("createPersonalToken", Map.of("name", "test"), user)
                .path("token")
                .stringValue();
    }

    static HttpRequest.Builder request(String path, String token) {
        return HttpRequest.newBuilder(URI.create(app.url() + path)).header("Authorization", "Bearer " + token);
    }

    static HttpResponse<String> complete(String token, String body) {
        return TestApp.send(request("/v1/chat/completions", token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    static HttpResponse<String> complete(String body) {
        return complete(Tokens.emulator("alice"), body);
    }

    static JsonNode error(HttpResponse<String> answer) {
        return TestApp.parse(answer.body()).path("error");
    }

    static String ask(String more) {
        return "{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]%s}".formatted(more);
    }
}

package io.keyswitch.llm;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.testing.FakeProvider;
import io.keyswitch.testing.TestApp;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Malicious model and account IDs cannot change the path of a provider request: only paths of its wire format are used. */
@Timeout(300)
class RequestPathTest {
    private static final String PATHS = "/plain/v1/(chat/completions|models)"
            + "|/gemini/v1beta/(models|models/[A-Za-z0-9._-]+:streamGenerateContent\\?alt=sse)"
            + "|/anthropic/v1/(messages|models)"
            + "|/accounts/[0-9a-f]{32}/ai/v1/(chat/completions|models)";

    private static final String[] PIECES = {
        "..",
        "/",
        "../",
        "%2e%2e",
        "%2f",
        "?",
        "?key=",
        "#",
        "@",
        ":",
        "\\",
        "//",
        "evil.example",
        "a",
        "gemini-x",
        "models/",
        "\r\n",
        "\t",
        " ",
        "\u0000",
        "é",
        ";",
        "&",
        "=",
        "*",
        "0123456789abcdef0123456789abcdef",
        "{accountId}",
        "$",
        "+",
        "~"
    };

    private static String hostile(Random random) {
        var text = new StringBuilder();
        for (int i = 0; i <= random.nextInt(5); i++) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    @Test
    void maliciousModelAndAccountIdsCannotChangeTheRequestPath() {
        try (var provider = FakeProvider.answering((request, out) -> {
                            if (request.method().equals("GET")) {
                                out.json(200, "{\"data\":[],\"models\":[]}");
                            } else {
                                out.json(404, "{}");
                            }
                        })
                        .unchecked();
                var app = TestApp.start("""
                          plain: {baseUrl: "%1$s/plain/v1", defaultModel: m-1, check: {get: /models}}
                          by-path: {baseUrl: "%1$s/gemini/v1beta", defaultModel: m-1, wire: gemini, auth: x-goog-api-key, check: {get: /models}}
                          by-body: {baseUrl: "%1$s/anthropic/v1", defaultModel: m-1, wire: anthropic, auth: x-api-key, check: {get: /models}}
                          by-account: {baseUrl: "%1$s/accounts/{accountId}/ai/v1", defaultModel: m-1, check: {get: /models},
                                       accountId: {pattern: "^[0-9a-f]{32}$"}}
                        """.formatted(provider.baseUrl()))) {
            var random = new Random(7);
            int saved = 0;
            for (int i = 0; i < 400; i++) {
                var name = new String[] {"plain", "by-path", "by-body", "by-account"}[i % 4];
                var account = i % 8 < 4 ? "0123456789abcdef0123456789abcdef" : hostile(random);
                var answer = app.post(
                        "updateUserModelConfig",
                        Map.of(
                                "provider",
                                name,
                                "modelId",
                                hostile(random),
                                "accountId",
                                account,
                                "apiKey",
                                "a-key-of-this-test"),
                        "alice");
                assertThat(answer.statusCode()).isIn(200, 400);
                if (answer.statusCode() == 200) {
                    saved++;
                    app.post("sendChatMessage", Map.of("threadId", "t" + i, "message", "hi"), "alice");
                }
            }
            assertThat(saved).isGreaterThan(50);
            assertThat(provider.seen()).hasSizeGreaterThan(100);
            assertThat(provider.seen()).allMatch(request -> request.path().matches(PATHS), PATHS);
        }
    }
}

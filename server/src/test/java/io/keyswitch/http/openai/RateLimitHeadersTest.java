package io.keyswitch.http.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.testing.TestApp;
import io.keyswitch.testing.Tokens;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rate-limit headers of {@code /v1}, which OpenAI's clients read. */
class RateLimitHeadersTest {
    private static final String HELLO = "{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

    @Test
    void everyAnswerToAKnownUserReportsTheRequestsThatAreLeft() {
        try (var app = TestApp.start(
                "", Map.of("GROQ_API_KEY", "project-key-groq", "KEYSWITCH_LIMITS_REQUESTS_PER_MINUTE", "4"))) {
            assertReports(get(app, "/v1/models", "alice"), 200, 3, "15s");
            assertReports(complete(app, HELLO), 200, 2, "30s");
            assertReports(complete(app, HELLO.replace("}]", "}],\"stream\":true")), 200, 1, "45s");
            assertReports(complete(app, HELLO.replace("}]", "}],\"model\":7")), 400, 0, "1m0s");
            assertReports(get(app, "/v1/models", "alice"), 429, 0, "1m0s");
            app.clock().advance(Duration.ofSeconds(15));
            assertReports(get(app, "/v1/models/none-of-these", "alice"), 404, 0, "1m0s");
            assertReports(get(app, "/v1/models", "bob"), 200, 3, "15s");
        }
    }

    @Test
    void answerToAnUnknownUserReportsNothing() {
        try (var app = TestApp.start()) {
            var answer = TestApp.send(HttpRequest.newBuilder(URI.create(app.url() + "/v1/models"))
                    .header("Authorization", "Bearer ks_unknown")
                    .build());
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.headers().firstValue("x-ratelimit-limit-requests"))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0s",
        "12, 12ms",
        "1000, 1s",
        "1500, 1.5s",
        "10010, 10.01s",
        "60000, 1m0s",
        "360000, 6m0s",
        "61250, 1m1.25s"
    })
    void durationsAreWrittenAsInGo(long millis, String expected) {
        assertThat(RateLimitHeaders.goDuration(Duration.ofMillis(millis))).isEqualTo(expected);
    }

    private static void assertReports(HttpResponse<String> answer, int status, int remaining, String reset) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("x-ratelimit-limit-requests")).contains("4");
        assertThat(answer.headers().firstValue("x-ratelimit-remaining-requests"))
                .contains("" + remaining);
        assertThat(answer.headers().firstValue("x-ratelimit-reset-requests")).contains(reset);
    }

    private static HttpResponse<String> complete(TestApp app, String body) {
        return TestApp.send(request(app, "/v1/chat/completions", "alice")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private static HttpResponse<String> get(TestApp app, String path, String user) {
        return TestApp.send(request(app, path, user).build());
    }

    private static HttpRequest.Builder request(TestApp app, String path, String user) {
        return HttpRequest.newBuilder(URI.create(app.url() + path))
                .header("Authorization", "Bearer " + Tokens.emulator(user));
    }
}

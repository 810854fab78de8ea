package io.keyswitch.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.testing.TestApp;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The metrics endpoint requires its token and exposes no users, keys or models. */
class MetricsTest {
    private static final String TOKEN = "readers-of-metrics";

    private final TestApp app = TestApp.start("", Map.of("GROQ_API_KEY", "project-key-groq", "METRICS_TOKEN", TOKEN));

    @AfterEach
    void close() {
        app.close();
    }

    private HttpResponse<String> metrics(String... headers) {
        var request = HttpRequest.newBuilder(URI.create(app.url() + "/metrics"));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return TestApp.send(request.build());
    }

    @Test
    void completionsAreCountedByProviderAndOutcome() {
        app.chat("alice", "t", "hello");
        app.chat("bob", "t", "hello");
        app.call(
                "updateUserModelConfig",
                Map.of("provider", "openai", "modelId", "gpt-5.5", "apiKey", "sk-carols-nocredit-key-1a2b"),
                "carol");
        app.post("sendChatMessage", Map.of("threadId", "t", "message", "hello"), "carol");
        var answer = metrics("Authorization", "Bearer " + TOKEN);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).hasValue("text/plain; version=0.0.4; charset=utf-8");
        assertThat(answer.body())
                .contains("keyswitch_completions_seconds_count{outcome=\"answered\",provider=\"groq\"} 2")
                .contains("keyswitch_completions_seconds_count{outcome=\"no_credit\",provider=\"openai\"}")
                .contains("keyswitch_completions_running 0.0")
                .contains("keyswitch_ready 1.0")
                .contains("jvm_memory_used_bytes")
                .contains("process_uptime_seconds");
    }

    /** But for those of garbage collection, which are not there before the first one. */
    @ParameterizedTest
    @ValueSource(strings = {"deploy/alerts.yaml", "deploy/grafana-dashboard.json"})
    void dashboardAndAlertsAskForMetricsThatExist(String file) throws Exception {
        app.chat("alice", "t", "hello");
        var body = metrics("Authorization", "Bearer " + TOKEN).body();
        var asked = Pattern.compile("\\b(?:keyswitch|jvm_memory|process)_[a-z_]+")
                .matcher(Files.readString(Path.of(file)))
                .results()
                .map(MatchResult::group)
                .distinct()
                .toList();
        assertThat(asked)
                .isNotEmpty()
                .allSatisfy(metric -> assertThat(body).containsPattern("(?m)^" + metric + "[ {]"));
    }

    @Test
    void metricsHaveNoLabelsForUsersKeysOrModels() {
        app.chat("alice", "t", "hello");
        assertThat(metrics("Authorization", "Bearer " + TOKEN).body())
                .contains("keyswitch_completions")
                .doesNotContain("alice")
                .doesNotContain("gpt-oss")
                .doesNotContain("project-key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer", "Bearer ", "Bearer wrong-token-of-somebody", "Basic " + TOKEN, TOKEN})
    void metricsRequireTheToken(String authorization) {
        var answer = authorization.isEmpty() ? metrics() : metrics("Authorization", authorization);
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).doesNotContain("keyswitch_");
    }

    @Test
    void twoTokensInOneHeaderAreRejected() {
        assertThat(metrics("Authorization", "Bearer " + TOKEN, "Authorization", "Bearer " + TOKEN)
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void metricsAreNotServedWhenNoTokenIsConfigured() {
        app.restart(Map.of("METRICS_TOKEN", ""));
        assertThat(metrics("Authorization", "Bearer " + TOKEN).statusCode()).isIn(404, 405);
    }
}

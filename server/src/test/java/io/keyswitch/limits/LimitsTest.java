package io.keyswitch.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyswitch.core.Failure;
import io.keyswitch.core.Reason;
import io.keyswitch.core.UserId;
import io.keyswitch.settings.Settings;
import io.keyswitch.testing.FakeProvider;
import io.keyswitch.testing.MutableClock;
import io.keyswitch.testing.TestApp;
import io.keyswitch.testing.TestDatabase;
import io.keyswitch.testing.Tokens;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("database")
class LimitsTest {
    private static HttpResponse<String> completion(TestApp app, String body) {
        return TestApp.send(HttpRequest.newBuilder(URI.create(app.url() + "/v1/chat/completions"))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + Tokens.emulator("alice"))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private static String hello(String more) {
        return "{\"messages\": [{\"role\": \"user\", \"content\": \"hi\"}]" + more + "}";
    }

    @Test
    void theRequestLimitIsReportedAsAnOpenAiError() {
        try (var app = with("REQUESTS_PER_MINUTE", "2")) {
            // Rejected requests count, too.
            assertThat(completion(app, hello(", \"model\": 7")).statusCode()).isEqualTo(400);
            assertThat(completion(app, hello("")).statusCode()).isEqualTo(200);
            var refused = completion(app, hello(""));
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.headers().firstValue("Retry-After").orElse("")).matches("[1-9]\\d?");
            var error = TestApp.parse(refused.body()).path("error");
            assertThat(error.path("code").stringValue()).isEqualTo("requests_per_minute");
            assertThat(error.path("details").path("limit").intValue()).isEqualTo(2);
            assertThat(error.path("details").path("remaining").intValue()).isZero();
            assertThat(error.path("details").path("resetsAt").stringValue()).endsWith("Z");
        }
    }

    @Test
    void theDailyAllowanceResetsAtMidnightUtc(@TempDir Path directory) {
        var clock = new MutableClock();
        try (var database = TestDatabase.in(directory).open()) {
            theDailyAllowanceResetsAtMidnightUtc(new UserLimits(settings(2), database, clock), clock);
        }
    }

    private static Settings.Limits settings(int projectKeyMessagesPerDay) {
        return new Settings.Limits(60, 600, 8, projectKeyMessagesPerDay, 1000, 1000, 1 << 20, 1000);
    }

    /** How many messages of alice are answered with the project key until she is refused. */
    private static int countAnswered(UserLimits... nodes) {
        for (int answered = 0; ; answered++) {
            try {
                nodes[answered % nodes.length]
                        .beginCompletion(new UserId("alice"), true)
                        .close();
            } catch (Failure e) {
                assertThat(e.reason()).isEqualTo(Reason.PROJECT_KEY_MESSAGES_PER_DAY);
                return answered;
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 50, 1000})
    void allProcessesTogetherKeepTheDailyAllowance(int limit, @TempDir Path directory) {
        try (var database = TestDatabase.in(directory).open()) {
            var first = new UserLimits(settings(limit), database, new MutableClock());
            var second = new UserLimits(settings(limit), database, new MutableClock());
            // What one has taken and not used, it uses in the second round.
            assertThat(countAnswered(first, second) + countAnswered(first) + countAnswered(second))
                    .isEqualTo(limit);
        }
    }

    @Test
    void theDailyAllowanceSurvivesARestartAndNothingOfItIsLost(@TempDir Path directory) {
        for (int run = 0; run < 3; run++) {
            try (var database = TestDatabase.in(directory).open();
                    var limits = new UserLimits(settings(1000), database, new MutableClock())) {
                if (run < 2) {
                    for (int i = 0; i < 333; i++) {
                        limits.beginCompletion(new UserId("alice"), true).close();
                    }
                } else {
                    assertThat(countAnswered(limits)).isEqualTo(1000 - 666);
                }
            }
        }
    }

    @Test
    void killedProcessesLoseNoMoreThanTheyHaveUsed(@TempDir Path directory) {
        try (var database = TestDatabase.in(directory).open()) {
            int answered = 0;
            for (int inOneProcess = -1; inOneProcess != 0; answered += inOneProcess) {
                // Not closed, as if it was killed.
                var limits = new UserLimits(settings(1000), database, new MutableClock());
                for (inOneProcess = 0; inOneProcess < 3; inOneProcess++) {
                    try {
                        limits.beginCompletion(new UserId("alice"), true).close();
                    } catch (Failure _) {
                        break;
                    }
                }
            }
            assertThat(answered).isBetween(500, 1000);
        }
    }

    @Test
    void aLargeAllowanceIsTakenInPartsSoThatMostMessagesNeedNoQuery(@TempDir Path directory) {
        try (var database = TestDatabase.in(directory).open();
                var limits = new UserLimits(settings(1000), database, new MutableClock())) {
            var alice = new UserId("alice");
            int queries = 0;
            for (int i = 0; i < 200; i++) {
                var permit = limits.tryBeginCompletion(alice, true);
                if (permit == null) {
                    queries++;
                    permit = limits.beginCompletion(alice, true);
                }
                permit.close();
            }
            // 1, 1, 2, 4, 8, 16, then 20 at once
            assertThat(queries).isEqualTo(15);
            Objects.requireNonNull(limits.tryBeginCompletion(alice, false)).close();
        }
    }

    private static void theDailyAllowanceResetsAtMidnightUtc(UserLimits limits, MutableClock clock) {
        var alice = new UserId("alice");
        var today = clock.instant().truncatedTo(ChronoUnit.DAYS);
        clock.advance(Duration.between(clock.instant(), today.plus(Duration.ofHours(36))));
        for (int day = 2; day <= 5; day++) {
            limits.beginCompletion(alice, true).close();
            // The allowance is not refilled within the day.
            clock.advance(Duration.ofHours(11));
            limits.beginCompletion(alice, true).close();
            var midnight = today.plus(Duration.ofDays(day));
            assertThatThrownBy(() -> limits.beginCompletion(alice, true))
                    .isInstanceOfSatisfying(
                            Failure.class,
                            refused -> assertThat(Duration.between(
                                            midnight,
                                            Instant.parse(String.valueOf(
                                                    refused.fields().get("resetsAt")))))
                                    .isBetween(Duration.ZERO, Duration.ofSeconds(2)));
            limits.beginCompletion(alice, false).close();
            clock.advance(Duration.ofHours(13));
        }
    }

    @Test
    void costlyParametersAreRejectedOnTheProjectKey() {
        try (var app = with("PROJECT_KEY_MESSAGES_PER_DAY", "9")) {
            for (var extra : List.of(
                    "\"n\": 128",
                    "\"n\": [2]",
                    "\"n\": true",
                    "\"n\": 1.5",
                    "\"service_tier\": \"priority\"",
                    "\"Service_Tier\": \"priority\"",
                    "\"models\": [\"a\"]",
                    "\"plugins\": [{}]",
                    "\"web_search\": true",
                    "\"search_parameters\": {\"mode\": \"on\"}",
                    "\"tools\": [{\"type\": \"browser_search\"}]",
                    "\"tools\": [{\"type\": \"function\", \"function\": {\"name\": \"f\"}}, {\"type\": \"code_interpreter\"}]")) {
                var refused = completion(app, hello(", " + extra));
                assertThat(refused.statusCode()).as(extra).isEqualTo(400);
                assertThat(refused.body()).contains("is only available with your own key");
            }
            assertThat(completion(app, hello(", \"n\": 1")).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void messagesOverTheDailyStorageLimitAreRejected() {
        try (var app = with("MESSAGE_CHARACTERS_PER_DAY", "1000")) {
            app.chat("alice", "t", "x".repeat(600));
            var error = app.fail("sendChatMessage", Map.of("threadId", "t", "message", "y".repeat(600)), "alice");
            assertThat(error.path("status").stringValue()).isEqualTo("RESOURCE_EXHAUSTED");
            assertThat(error.path("details").path("reason").stringValue()).isEqualTo("message_characters_per_day");
            app.chat("alice", "t", "z".repeat(300));
            app.chat("bob", "t", "x".repeat(600));
        }
    }

    @Test
    void concurrentCompletionsAreLimited() throws Exception {
        var arrived = new CountDownLatch(1);
        try (var provider = FakeProvider.answering((_, out) -> {
                    arrived.countDown();
                    out.stream().awaitHangUp();
                });
                var app = TestApp.start(
                        "",
                        Map.of(
                                "GROQ_API_KEY",
                                "project-key-groq",
                                "KEYSWITCH_PROVIDERS_GROQ_BASE_URL",
                                provider.baseUrl() + "/v1",
                                "KEYSWITCH_LIMITS_CONCURRENT_COMPLETIONS",
                                "1"));
                var first = new Socket(InetAddress.getLoopbackAddress(), app.port())) {
            var body = hello(", \"stream\": true");
            first.getOutputStream()
                    .write(
                            ("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                            + "Authorization: Bearer " + Tokens.emulator("alice")
                                            + "\r\nContent-Length: "
                                            + body.length() + "\r\n\r\n" + body)
                                    .getBytes(StandardCharsets.US_ASCII));
            assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue();
            var refused = completion(app, body);
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.body()).contains("concurrent_completions").contains("\"limit\":1");
        }
    }

    private static TestApp with(String variable, String value) {
        return TestApp.start(
                "", new HashMap<>(Map.of("GROQ_API_KEY", "project-key-groq", "KEYSWITCH_LIMITS_" + variable, value)));
    }

    @Test
    void aUserOverTheLimitReceivesRetryAfter() {
        try (var app = with("REQUESTS_PER_MINUTE", "3")) {
            for (int i = 0; i < 3; i++) {
                app.call("listProviders", Map.of(), "alice");
            }
            var refused = app.post("listProviders", Map.of(), "alice");
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.headers().firstValue("Retry-After").orElse("")).matches("[1-9]\\d?");
            var details = TestApp.parse(refused.body()).path("error").path("details");
            assertThat(details.path("limit").intValue()).isEqualTo(3);
            assertThat(details.path("remaining").intValue()).isZero();
            assertThat(details.path("resetsAt").stringValue()).endsWith("Z");
            app.call("listProviders", Map.of(), "bob");
        }
    }

    @Test
    void theProjectKeyLimitDoesNotApplyToOwnKeys() {
        try (var app = with("PROJECT_KEY_MESSAGES_PER_DAY", "2")) {
            app.chat("alice", "t", "one");
            app.chat("alice", "t", "two");
            var error = app.fail("sendChatMessage", Map.of("threadId", "t", "message", "three"), "alice");
            assertThat(error.path("status").stringValue()).isEqualTo("RESOURCE_EXHAUSTED");
            assertThat(error.path("message").stringValue()).contains("use your own key");
            app.chat("alice", "t", "switch to groq, sim-echo: gsk_abcdefghijklmnop1234");
            app.chat("alice", "t", "sim-echo");
            for (int i = 0; i < 5; i++) {
                assertThat(app.chat("alice", "t", "on my own key " + i)).isEqualTo("on my own key " + i);
            }
        }
    }
}

package io.keyswitch.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.testing.TestApp;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LimitsTest {
    private static TestApp with(String variable, String value) {
        return TestApp.start(
                "", new HashMap<>(Map.of("GROQ_API_KEY", "project-key-groq", "KEYSWITCH_LIMITS_" + variable, value)));
    }

    @Test
    void aUserWhoAsksTooOftenIsToldWhenToComeBack() {
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
    void theAllowanceOnTheProjectKeyDoesNotTouchOwnKeys() {
        try (var app = with("PROJECT_KEY_MESSAGES_PER_DAY", "2")) {
            app.chat("alice", "t", "one");
            app.chat("alice", "t", "two");
            var error = app.fail("sendChatMessage", Map.of("threadId", "t", "message", "three"), "alice");
            assertThat(error.path("status").stringValue()).isEqualTo("RESOURCE_EXHAUSTED");
            assertThat(error.path("message").stringValue()).contains("use your own key");
            app.chat("alice", "t", "switch to groq, sim-echo: gsk_abcdefghijklmnop1234");
            for (int i = 0; i < 5; i++) {
                assertThat(app.chat("alice", "t", "on my own key " + i)).isEqualTo("on my own key " + i);
            }
        }
    }
}

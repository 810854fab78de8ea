package io.keyswitch.modelconfig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.keyswitch.testing.FakeProvider;
import io.keyswitch.testing.LogLines;
import io.keyswitch.testing.ServerProcess;
import io.keyswitch.testing.TestApp;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Operators are warned of project keys that providers refuse, at the start and in use. */
@Timeout(300)
class ProjectKeyWarningsTest {
    private static final String REJECTED = "Groq rejects the project key in GROQ_API_KEY: set a valid key";

    private static FakeProvider rejecting() {
        return FakeProvider.answering(
                        (_, out) -> out.json(401, "{\"error\":{\"message\":\"no\",\"code\":\"invalid_api_key\"}}"))
                .unchecked();
    }

    private static String groq(FakeProvider provider) {
        return "providers: {groq: {baseUrl: '%s/v1'}}\n".formatted(provider.baseUrl());
    }

    @Test
    void projectKeyThatIsRejectedAtTheStartIsWarnedOf(@TempDir Path directory) throws Exception {
        try (var provider = rejecting();
                var server = new ServerProcess(
                        directory, "128m", groq(provider), Map.of("GROQ_API_KEY", "gsk_canary0project0key"))) {
            await().until(() -> Files.readString(server.log()).contains(REJECTED));
            assertThat(Files.readString(server.log())).doesNotContain("canary");
        }
    }

    @Test
    void providerThatDoesNotAnswerDoesNotDelayTheStart(@TempDir Path directory) throws Exception {
        try (var provider =
                        FakeProvider.answering((_, out) -> out.awaitHangUp()).unchecked();
                var server = new ServerProcess(
                        directory, "128m", groq(provider), Map.of("GROQ_API_KEY", "gsk_canary0project0key"))) {
            await().until(() -> !provider.seen().isEmpty());
            assertThat(server.isHealthy()).isTrue();
            assertThat(Files.readString(server.log())).contains("listening on").doesNotContain("GROQ_API_KEY");
        }
    }

    @Test
    void projectKeyThatIsRejectedInUseIsWarnedOfOnce() {
        try (var provider = rejecting();
                var log = LogLines.of(ProjectKeyWarnings.class.getName());
                var app = TestApp.start(
                        "",
                        Map.of(
                                "GROQ_API_KEY",
                                "project-key-groq",
                                "KEYSWITCH_PROVIDERS_GROQ_BASE_URL",
                                provider.baseUrl() + "/v1"))) {
            app.fail("sendChatMessage", Map.of("threadId", "t", "message", "hello"), "alice");
            app.fail("sendChatMessage", Map.of("threadId", "t", "message", "hello"), "bob");
            assertThat(log.lines()).singleElement().asString().startsWith("WARN " + REJECTED);
        }
    }

    @Test
    void usersOwnKeyThatIsRejectedIsNotWarnedOf() {
        try (var log = LogLines.of(ProjectKeyWarnings.class.getName());
                var app = TestApp.start()) {
            app.call(
                    "updateUserModelConfig",
                    Map.of("provider", "openai", "modelId", "sim-fail-401", "apiKey", "sk-one-of-alice-1a2b"),
                    "alice");
            app.post("sendChatMessage", Map.of("threadId", "t", "message", "hello"), "alice");
            assertThat(log.lines()).isEmpty();
        }
    }
}

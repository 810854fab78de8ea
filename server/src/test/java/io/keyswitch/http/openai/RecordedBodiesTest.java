package io.keyswitch.http.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.testing.Recordings;
import io.keyswitch.testing.Replay;
import io.keyswitch.testing.Replay.How;
import io.keyswitch.testing.Replay.Recording;
import io.keyswitch.testing.TestApp;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every recorded non-streaming response and error over real sockets, split and truncated at many bytes;
 * {@code RecordedPiecesTest} reads them so at every byte.
 */
class RecordedBodiesTest {
    private static final Map<String, String> MEANINGS = Map.of(
            "cloudflare/error-404-bad-account.json", "400 invalid_request_error unknown_account null",
            "gemini/error-400-api-key-invalid.json", "401 invalid_request_error invalid_api_key null",
            "gemini/error-429-retry-info.json", "429 rate_limit_error rate_limit_exceeded null",
            "mistral/error-422-extra-field.json", "400 invalid_request_error invalid_request null",
            "openai/error-insufficient-quota.json", "429 insufficient_quota insufficient_quota null",
            "openai/error-max_tokens-unsupported.json", "400 invalid_request_error invalid_request null",
            "openai/error-temperature-unsupported.json", "400 invalid_request_error invalid_request null",
            "anthropic/error-400-tool-order.json", "400 invalid_request_error invalid_value messages");

    @SuppressWarnings("NullAway.Init")
    private static Replay replay;

    @BeforeAll
    static void start() {
        replay = new Replay(false);
    }

    @AfterAll
    static void stop() {
        replay.close();
    }

    static List<String> bodies() {
        return Recordings.bodies();
    }

    static List<String> errors() {
        return Recordings.errors();
    }

    private static String text(HttpResponse<String> answer) {
        var choice = TestApp.parse(answer.body()).path("choices").path(0);
        var message = choice.path("message");
        return "%s %s %s %s"
                .formatted(
                        answer.statusCode(),
                        message.path("content"),
                        message.path("tool_calls").findValues("arguments"),
                        choice.path("finish_reason"));
    }

    private static String meaning(HttpResponse<String> answer) {
        var error = TestApp.parse(answer.body()).path("error");
        return "%d %s %s %s"
                .formatted(
                        answer.statusCode(),
                        error.path("type").asString(""),
                        error.path("code").asString(""),
                        error.path("param").asString("null"));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void splitResponsesGiveTheSameAnswerAndTruncatedOnesAnError(String name) throws Exception {
        var recording = Recordings.read(name);
        replay.play(recording);
        var wire = Recordings.wire(name);
        var first = replay.ask(wire, How.WHOLE, 0);
        if (name.matches(".*(block|safety).*")) {
            assertThat(meaning(first)).contains("content_filter");
            return;
        }
        assertThat(first.statusCode()).isEqualTo(200);
        var whole = text(first);
        if (wire.equals("openai")) {
            assertThat(TestApp.parse(first.body()))
                    .isEqualTo(TestApp.parse(new String(
                            recording.bytesAsLatin1().getBytes(java.nio.charset.StandardCharsets.ISO_8859_1),
                            java.nio.charset.StandardCharsets.UTF_8)));
        }
        int end = recording.bytesAsLatin1().stripTrailing().length();
        replay.atManyBytes(wire, (at, split, cutShort) -> {
            assertThat(text(split)).as("split at %d", at).isEqualTo(whole);
            if (at < end) {
                assertThat(meaning(cutShort)).as("cut at %d", at).isEqualTo("502 server_error  null");
            }
        });
    }

    @ParameterizedTest
    @MethodSource("errors")
    void splitErrorsAreMappedTheSameAndTruncatedOnesRemainErrors(String name) throws Exception {
        Recording recording = Recordings.read(name);
        replay.play(recording);
        var wire = Recordings.wire(name);
        var whole = meaning(replay.ask(wire, How.WHOLE, 0));
        assertThat(whole).isEqualTo(MEANINGS.getOrDefault(name, whole)).matches("[45]\\d\\d [a-z_]+ .*");
        replay.atManyBytes(wire, (at, split, cutShort) -> {
            assertThat(meaning(split)).as("split at %d", at).isEqualTo(whole);
            assertThat(meaning(cutShort)).as("cut at %d", at).matches("[45]\\d\\d [a-z_]+ .*");
        });
    }
}

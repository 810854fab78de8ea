package io.keyswitch.http.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.testing.Recordings;
import io.keyswitch.testing.Replay;
import io.keyswitch.testing.Replay.How;
import io.keyswitch.testing.TestApp;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Replays every recorded stream over real sockets, split and truncated around every line break; {@code RecordedPiecesTest} reads
 * them so at every byte.
 */
class RecordedStreamsTest {
    private static final Pattern CHANGING =
            Pattern.compile("(\"id\":\"chatcmpl-)[0-9a-f]{32}\"|(\"created\":)\\d+|(\"id\":\"call_)[0-9a-f]{32}\"");

    @SuppressWarnings("NullAway.Init")
    private static Replay replay;

    @BeforeAll
    static void start() {
        replay = new Replay(true);
    }

    @AfterAll
    static void stop() {
        replay.close();
    }

    static List<String> streams() {
        return Recordings.streams();
    }

    /** Removes the parts of an answer that differ between requests. */
    private static String steady(String answer) {
        return CHANGING.matcher(answer).replaceAll("\"x\":0").replaceAll("\"(WHOLE|SPLIT|SHORT)-\\d+\"", "\"model\"");
    }

    @ParameterizedTest
    @MethodSource("streams")
    void splitStreamsGiveTheSameAnswerAndTruncatedStreamsAnError(String name) throws Exception {
        replay.play(Recordings.read(name));
        var wire = Recordings.wire(name);
        var whole = steady(replay.ask(wire, How.WHOLE, 0).body());
        boolean broken = name.matches(".*(error|incomplete|overloaded|truncated).*") && isError(whole);
        if (!broken) {
            assertThat(whole).endsWith("data: [DONE]\n\n").doesNotContain("\"error\"");
        }
        replay.atManyBytes(wire, (at, split, cutShort) -> {
            assertThat(steady(split.body())).as("split at %d", at).isEqualTo(whole);
            var answer = steady(cutShort.body());
            if (broken) {
                assertThat(isError(answer)).as("cut at %d: %s", at, answer).isTrue();
            } else {
                requireWholeOrError(answer, whole, at);
            }
        });
    }

    private static boolean isError(String answer) {
        boolean said = answer.endsWith("\n\n")
                && answer.substring(answer.lastIndexOf("data: ")).contains("\"error\"");
        return said || answer.startsWith("{\"error\"");
    }

    /** Requires an error, or a complete answer that lacks at most usage and the provider's end marker. */
    private static void requireWholeOrError(String answer, String whole, int at) {
        if (!isError(answer)) {
            assertThat(answer).as("cut at %d", at).endsWith("data: [DONE]\n\n");
            assertThat(text(answer)).as("cut at %d", at).isEqualTo(text(whole));
        }
    }

    /** The content, the tool calls and the last finish reason; some providers send the finish reason twice. */
    private static String text(String stream) {
        var text = new StringBuilder();
        var finish = "";
        for (var line :
                stream.lines().filter(line -> line.startsWith("data: {")).toList()) {
            var choice = TestApp.parse(line.substring("data: ".length()))
                    .path("choices")
                    .path(0);
            text.append(choice.path("delta").path("content").asString(""))
                    .append(choice.path("delta").path("tool_calls"));
            finish = choice.path("finish_reason").asString(finish);
        }
        return text + finish;
    }
}

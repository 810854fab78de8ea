package io.keyswitch.llm.sse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SseParserTest {
    private static List<SseEvent> parse(byte[]... pieces) {
        var parser = new SseParser();
        var events = new ArrayList<SseEvent>();
        for (var piece : pieces) {
            events.addAll(parser.feed(piece));
        }
        events.addAll(parser.end());
        return events;
    }

    private static List<SseEvent> parse(String text) {
        return parse(text.getBytes(StandardCharsets.UTF_8));
    }

    private static SseEvent data(String data) {
        return new SseEvent("", data);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void linesEndInAnyOfThreeWays(String end) {
        assertThat(parse("data: a" + end + end + "data: b" + end + end)).containsExactly(data("a"), data("b"));
    }

    @Test
    void aStreamCutAnywhereGivesTheSameEvents() {
        var text = "\uFEFF: hi\r\n\r\nevent: x\r\ndata: {\"é\":1}\r\ndata:second\r\n\r\nid: 7\ndata: ✓\n\ndata: end";
        var whole = parse(text);
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int cut = 0; cut <= bytes.length; cut++) {
            assertThat(parse(Arrays.copyOf(bytes, cut), Arrays.copyOfRange(bytes, cut, bytes.length)))
                    .as("cut at %d", cut)
                    .isEqualTo(whole);
        }
        assertThat(whole).containsExactly(new SseEvent("x", "{\"é\":1}\nsecond"), data("✓"), data("end"));
    }

    @Test
    void commentsUnknownFieldsAndEventsWithoutDataAreSkipped() {
        assertThat(parse(": OPENROUTER PROCESSING\n\nevent: ping\n\nretry: 5\n\ndata: a\n\n"))
                .containsExactly(data("a"));
    }

    @Test
    void onlyOneBlankBehindTheColonIsTakenOff() {
        assertThat(parse("data:  a\n\ndata:b\n\ndata\n\n")).containsExactly(data(" a"), data("b"), data(""));
    }

    @Test
    void textThatIsNoFieldIsKeptAside() {
        var parser = new SseParser();
        assertThat(parser.feed("{\"error\":\n {\"code\":503}}\n".getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
        assertThat(parser.end()).isEmpty();
        assertThat(parser.stray()).contains("\"code\":503");
    }

    @Test
    void anEndlessLineIsRejectedBeforeItExhaustsMemory() {
        var parser = new SseParser();
        var megabyte = new byte[1 << 20];
        Arrays.fill(megabyte, (byte) 'x');
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 20; i++) {
                        parser.feed(megabyte);
                    }
                })
                .isInstanceOf(SseLimitException.class);
    }

    @Test
    void anEndlessStreamIsRejected() {
        var parser = new SseParser();
        var pings = ": ping\n\n".repeat(1 << 17).getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 100; i++) {
                        parser.feed(pings);
                    }
                })
                .isInstanceOf(SseLimitException.class);
    }
}

package io.keyswitch.llm.sse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
    void lfCrlfAndCrLineEndingsAreAccepted(String end) {
        assertThat(parse("data: a" + end + end + "data: b" + end + end)).containsExactly(data("a"), data("b"));
    }

    @Test
    void aStreamSplitAtAnyByteGivesTheSameEvents() {
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
    void onlyOneSpaceAfterTheColonIsRemoved() {
        assertThat(parse("data:  a\n\ndata:b\n\ndata\n\n")).containsExactly(data(" a"), data("b"), data(""));
    }

    @Test
    void linesThatAreNotFieldsAreCollectedAsStrayText() {
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

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            data: a\\ndata: b\\n\\n            | a<br>b
            data:\\ndata: b\\n\\n              | <br>b
            data: a\\ndata:\\n\\n              | a<br>
            data: a:b\\n\\n                      | a:b
            data: a\\n: comment\\ndata: b\\n\\n | a<br>b
            data: a\\nid: 7\\nretry: 9\\n\\n | a
            \\n\\n\\ndata: a\\n\\n\\n\\n  | a
            data: a                                 | a
            data: a\\n                            | a
            """)
    void theDataLinesOfOneEventAreJoined(String stream, String data) {
        assertThat(parse(unescape(stream))).containsExactly(data(data.replace("<br>", "\n")));
    }

    private static String unescape(String text) {
        return text.replace("\\n", "\n");
    }

    @Test
    void anEventNameAppliesToOneEventOnly() {
        assertThat(parse("event: a\ndata: 1\n\ndata: 2\n\nevent:b\nevent: c\ndata: 3\n\n"))
                .containsExactly(new SseEvent("a", "1"), data("2"), new SseEvent("c", "3"));
    }

    @Test
    void aByteOrderMarkIsSkippedAtTheStartOnly() {
        assertThat(parse("\uFEFFdata: a\n\n\uFEFFdata: b\n\n")).containsExactly(data("a"));
        assertThat(parse("\uFEFF")).isEmpty();
        assertThat(parse("data: \uFEFFa\n\n")).containsExactly(data("\uFEFFa"));
    }

    @Test
    void invalidUtf8IsDecodedToTheReplacementCharacter() {
        var bytes = "data: aXb\n\n".getBytes(StandardCharsets.UTF_8);
        bytes[7] = (byte) 0xC3;
        assertThat(parse(bytes)).containsExactly(data("a\uFFFDb"));
    }

    @Test
    void fieldNamesAreCaseSensitive() {
        var parser = new SseParser();
        assertThat(parser.feed("DATA: a\n\n".getBytes(StandardCharsets.UTF_8))).isEmpty();
        assertThat(parser.stray()).isEqualTo("DATA: a\n");
    }

    @Test
    void aLineOfTheMaximumLengthIsAcceptedAndOneByteMoreIsNot() {
        var line = new byte[SseParser.MAX_LINE_BYTES];
        Arrays.fill(line, (byte) ':');
        assertThat(new SseParser().feed(line)).isEmpty();
        var parser = new SseParser();
        parser.feed(line);
        assertThatThrownBy(() -> parser.feed(new byte[] {':'}))
                .isInstanceOf(SseLimitException.class)
                .hasMessage("a line of the stream is too long");
    }

    @Test
    void anEventOfTheMaximumLengthIsAcceptedAndOneCharacterMoreIsNot() {
        int half = SseParser.MAX_LINE_BYTES / 2;
        var first = ("data:" + "x".repeat(half) + "\n").getBytes(StandardCharsets.UTF_8);
        var parser = new SseParser();
        parser.feed(first);
        parser.feed(first);
        assertThatThrownBy(() -> parser.feed("data:x\n".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(SseLimitException.class)
                .hasMessage("an event of the stream is too long");

        var enough = new SseParser();
        enough.feed(first);
        enough.feed(first);
        assertThat(enough.feed("\n".getBytes(StandardCharsets.UTF_8)))
                .singleElement()
                .satisfies(event -> assertThat(event.data()).hasSize(SseParser.MAX_LINE_BYTES + 1));
    }

    @Test
    void aStreamOfTheMaximumLengthIsAcceptedAndOneByteMoreIsNot() {
        var parser = new SseParser();
        var megabyte = new byte[1 << 20];
        Arrays.fill(megabyte, (byte) '\n');
        for (int i = 0; i < SseParser.MAX_STREAM_BYTES >> 20; i++) {
            assertThat(parser.feed(megabyte)).isEmpty();
        }
        assertThatThrownBy(() -> parser.feed(new byte[] {'\n'}))
                .isInstanceOf(SseLimitException.class)
                .hasMessage("the stream is too long");
    }

    @Test
    void theLastAllowedEventIsAcceptedAndOneMoreIsNot() {
        var parser = new SseParser();
        var thousand = "data:\n\n".repeat(1_000).getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < SseParser.MAX_EVENTS / 1_000; i++) {
            assertThat(parser.feed(thousand)).hasSize(1_000);
        }
        assertThatThrownBy(() -> parser.feed("data:\n\n".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(SseLimitException.class)
                .hasMessage("the stream has too many events");
    }

    /** Stray text may be an error body, so up to 64 KiB of it is kept. */
    @Test
    void strayTextIsKeptUpToItsLimit() {
        var parser = new SseParser();
        var line = ("x".repeat(1023) + "\n").getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 100; i++) {
            parser.feed(line);
        }
        assertThat(parser.stray()).hasSize(64 << 10);
    }
}

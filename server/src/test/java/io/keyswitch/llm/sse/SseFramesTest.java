package io.keyswitch.llm.sse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SseFramesTest {
    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static String unescape(String text) {
        return text.replace("\\n", "\n").replace("\\r", "\r");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            data: a\\n\\n              | data: a\\n\\n            | ~~
            data: a\\n                 | ~~                       | data: a\\n
            data: a\\n\\ndata: b       | data: a\\n\\n            | data: b
            data: a\\r\\n\\r\\ndata: b | data: a\\r\\n\\r\\n      | data: b
            data: a\\r\\rdata: b       | data: a\\r\\r            | data: b
            data: a\\n\\r\\ndata: b    | data: a\\n\\r\\n         | data: b
            data: a\\r\\n\\ndata: b    | data: a\\r\\n\\n         | data: b
            \\n\\n                     | \\n\\n                   | ~~
            \\n                        | ~~                       | \\n
            a\\n\\nb\\n\\nc\\n\\n      | a\\n\\nb\\n\\nc\\n\\n    | ~~
            data: {}\\ndata: {}\\n\\n  | data: {}\\n\\ndata: {}\\n\\n | ~~
            data: {}\\r\\ndata:{}\\n  | data: {}\\r\\n\\n   | data:{}\\n
            data: {}\\ndata: [DONE]\\n\\n | data: {}\\n\\ndata: [DONE]\\n\\n | ~~
            data: {\\ndata: "a":{}\\ndata: }\\n\\n | data: {\\ndata: "a":{}\\ndata: }\\n\\n | ~~
            a\\n\\nb\\n\\nc            | a\\n\\nb\\n\\n           | c
            """)
    void wholeFramesAreReturnedAndTheRestIsKept(String stream, String whole, String rest) {
        var frames = new SseFrames();
        assertThat(text(frames.feed(utf8(unescape(stream))))).isEqualTo(unescape(whole));
        assertThat(text(frames.rest())).isEqualTo(unescape(rest));
    }

    @Test
    void bytesThatEndWithAFrameAreReturnedWithoutACopy() {
        var bytes = utf8("data: a\n\ndata: b\n\n");
        assertThat(new SseFrames().feed(bytes)).isSameAs(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void aStreamCutAnywhereKeepsItsBytesAndItsFrames(String end) {
        var stream =
                utf8("data: é" + end + end + ": hi" + end + end + "data: x" + end + "data: y" + end + end + "rest");
        for (int first = 0; first <= stream.length; first++) {
            for (int second = first; second <= stream.length; second++) {
                var frames = new SseFrames();
                var out = new ByteArrayOutputStream();
                out.writeBytes(frames.feed(Arrays.copyOf(stream, first)));
                out.writeBytes(frames.feed(Arrays.copyOfRange(stream, first, second)));
                out.writeBytes(frames.feed(Arrays.copyOfRange(stream, second, stream.length)));
                var rest = text(frames.rest());
                // The LF of a last CRLF that was cut in two may come late.
                assertThat(rest.strip()).as("%d, %d", first, second).isEqualTo("rest");
                out.writeBytes(frames.rest());
                assertThat(out.toByteArray()).as("%d, %d", first, second).isEqualTo(stream);
            }
        }
    }

    /** A CR at the end of a chunk may be half of a CRLF: the LF that follows must not count as a second line break. */
    @Test
    void aCrlfCutInTwoIsOneLineBreak() {
        var frames = new SseFrames();
        assertThat(frames.feed(utf8("data: a\r"))).isEmpty();
        assertThat(frames.feed(utf8("\ndata: b\r"))).isEmpty();
        assertThat(text(frames.feed(utf8("\n\r\n")))).isEqualTo("data: a\r\ndata: b\r\n\r\n");
        assertThat(frames.rest()).isEmpty();
    }

    @Test
    void aLongFrameInSmallPiecesIsReturnedWhole() {
        var random = new Random(7);
        var frames = new SseFrames();
        var sent = new ByteArrayOutputStream();
        var received = new ByteArrayOutputStream();
        for (int i = 0; i < 2_000; i++) {
            var piece = utf8("x".repeat(random.nextInt(40)) + (random.nextInt(50) == 0 ? "\n\n" : ""));
            sent.writeBytes(piece);
            received.writeBytes(frames.feed(piece));
        }
        received.writeBytes(frames.rest());
        assertThat(received.toByteArray()).isEqualTo(sent.toByteArray());
    }

    @Test
    void aFrameThatNeverEndsIsRejected() {
        var frames = new SseFrames();
        var piece = new byte[1 << 20];
        Arrays.fill(piece, (byte) 'x');
        for (int i = 0; i <= SseParser.MAX_LINE_BYTES >> 20; i++) {
            assertThat(frames.feed(piece)).isEmpty();
        }
        assertThatThrownBy(() -> frames.feed(piece)).isInstanceOf(SseLimitException.class);
    }

    @Test
    void aStreamIsRejectedAfterItsLastAllowedByte() {
        var frames = new SseFrames();
        var piece = new byte[1 << 20];
        Arrays.fill(piece, (byte) '\n');
        for (int i = 0; i < SseParser.MAX_STREAM_BYTES >> 20; i++) {
            assertThat(frames.feed(piece)).isSameAs(piece);
        }
        assertThatThrownBy(() -> frames.feed(new byte[] {'\n'})).isInstanceOf(SseLimitException.class);
    }

    @Test
    void eventsSeparatedByOneLineBreakAreSeparatedWhereverTheyAreCut() {
        var stream = utf8("data: {\"a\":1}\r\ndata: {\"a\":2}\r\ndata: [DONE]\r\n\r\n");
        var whole = "data: {\"a\":1}\r\n\ndata: {\"a\":2}\r\n\ndata: [DONE]\r\n\r\n";
        for (int cut = 0; cut <= stream.length; cut++) {
            var frames = new SseFrames();
            var first = text(frames.feed(Arrays.copyOf(stream, cut)));
            var second = text(frames.feed(Arrays.copyOfRange(stream, cut, stream.length)));
            assertThat(first + second + text(frames.rest()))
                    .as("cut at %d", cut)
                    .isEqualTo(whole);
        }
    }
}

package io.keyswitch.llm.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BodyFormTest {
    private static BodyForm form(String begun, boolean typedAsStream) {
        return BodyForm.of(begun.replace("~", "\uFEFF").getBytes(StandardCharsets.UTF_8), typedAsStream);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            `data: {}`      | STREAM  | STREAM
            `data:`         | STREAM  | STREAM
            `dat`           | STREAM  | UNKNOWN
            `event: x`      | STREAM  | STREAM
            `: hello`       | STREAM  | STREAM
            `id: 1`         | STREAM  | STREAM
            `retry: 5`      | STREAM  | STREAM
            `~data: {}`     | STREAM  | STREAM
            `~`             | UNKNOWN | UNKNOWN
            ` `             | UNKNOWN | UNKNOWN
            ``              | UNKNOWN | UNKNOWN
            `{`             | WHOLE   | WHOLE
            `~ [`           | WHOLE   | WHOLE
            `<html>`        | STREAM  | WHOLE
            `database down` | STREAM  | WHOLE
            `null`          | STREAM  | WHOLE
            """)
    void theFirstBytesTellTheForm(String begun, BodyForm typed, BodyForm untyped) {
        assertThat(form(begun, true)).isEqualTo(typed);
        assertThat(form(begun, false)).isEqualTo(untyped);
    }

    @ParameterizedTest
    @ValueSource(strings = {"~data: {}", "~ {\"a\":1}", "event: x", ": c", "[1]"})
    void noPrefixOfABodyIsTakenForTheOtherForm(String text) {
        var bytes = text.replace("~", "\uFEFF").getBytes(StandardCharsets.UTF_8);
        for (boolean typed : new boolean[] {true, false}) {
            var whole = BodyForm.of(bytes, typed);
            for (int length = 0; length < bytes.length; length++) {
                assertThat(BodyForm.of(Arrays.copyOf(bytes, length), typed)).isIn(BodyForm.UNKNOWN, whole);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"~a", "a", "~", ""})
    void theByteOrderMarkIsTakenOff(String text) {
        assertThat(BodyForm.withoutMark(text.replace("~", "\uFEFF").getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(text.replace("~", "").getBytes(StandardCharsets.UTF_8));
    }
}

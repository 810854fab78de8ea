package io.keyswitch.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** JSON from clients and providers. */
class JsonTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            {"a":"cut \\ud83d"}       | {"a":"cut �"}
            {"a":"\\ude00 cut"}       | {"a":"� cut"}
            {"a":["\\uD83D",1]}       | {"a":["�",1]}
            {"a":"\\ud83d\\ude00"}    | {"a":"😀"}
            {"a":"\\u00e9 \\udbff\\udfff"} | {"a":"é 􏿿"}
            "\\ud83d"                 | "�"
            """)
    void halvesOfSurrogatePairsAreReplaced(String sent, String read) {
        var node = Json.readFromClient(sent.getBytes(StandardCharsets.UTF_8));
        assertThat(Json.text(Objects.requireNonNull(node))).isEqualTo(read);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '\'', textBlock = """
            UTF-8,      '{"a":"é"}',  '{"a":"é"}'
            ISO-8859-1, '{"a":"é"}',  '{"a":"�"}'
            ISO-8859-1, '["é"]',      '["�"]'
            UTF-16LE,   '{"a":"b"}',  null
            UTF-16BE,   '{"a":"b"}',  null
            UTF-16,     '{"a":"b"}',  null
            UTF-32LE,   '{"a":"b"}',  null
            UTF-8,      7,            7
            UTF-8,      '{"a":',      null
            UTF-8,      '',           null
            """)
    void providersAreReadAsUtf8AndLeniently(String encoding, String sent, String read) {
        var node = Json.readFromProvider(sent.getBytes(Charset.forName(encoding)));
        assertThat(node == null ? "null" : Json.text(node)).isEqualTo(read);
    }

    @ParameterizedTest
    @CsvSource({
        "a\u0000b,true",
        "\uD83D\uDE00,true",
        "x\uD83D\uDE00,true",
        "\uD83D,false",
        "\uDE00,false",
        "\uDE00\uD83D,false",
        "a\uD83Db,false",
        "\uD83D\uD83D\uDE00,false"
    })
    void userIdsHaveNoHalvesOfSurrogatePairs(String text, boolean wellFormed) {
        assertThat(UserId.isWellFormed(text)).isEqualTo(wellFormed);
    }
}

package io.keyswitch.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** JSON from clients. */
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
}

package io.keyswitch.llm.wire.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names of functions, there and back. */
class FunctionNameTest {
    @ParameterizedTest
    @CsvSource({
        "look, look",
        "_x, _x",
        "1c_search, fn_1c_search",
        "-x, fn_-x",
        "fn_1c, fn_fn_1c",
        "fn_fn_1c, fn_fn_fn_1c",
        "fn_look, fn_look"
    })
    void aNameComesBackAsItWas(String name, String encoded) {
        assertThat(FunctionName.encoded(name)).isEqualTo(encoded).matches("[A-Za-z_].*");
        assertThat(FunctionName.decoded(encoded)).isEqualTo(name);
    }
}

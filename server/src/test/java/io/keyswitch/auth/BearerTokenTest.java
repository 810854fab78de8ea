package io.keyswitch.auth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BearerTokenTest {
    @ParameterizedTest
    @CsvSource(quoteCharacter = '\'', textBlock = """
            Bearer abc.DEF_1-2,            abc.DEF_1-2
            bearer abc,                    abc
            BEARER abc,                    abc
            'Bearer    abc   ',            abc
            Bearer,                        null
            'Bearer ',                     null
            'Bearer    ',                  null
            Bearerabc,                     null
            Basic abc,                     null
            ' Bearer abc',                 null
            Bearer a b,                    null
            Bearer abc=,                   null
            Bearer ab/c,                   null
            Bearer abcé,                   null
            'Bearer a,b',                  null
            '',                            null
            """)
    void tokensAreReadFromHeaders(String header, String expected) {
        var token = BearerToken.in(header);
        assertThat(String.valueOf(token == null ? null : token.value())).isEqualTo(expected);
    }

    @Test
    void whatIsLongerThanAnyTokenIsNone() {
        assertThat(BearerToken.in("Bearer " + "a".repeat(16 << 10))).isNotNull();
        assertThat(BearerToken.in("Bearer " + "a".repeat((16 << 10) + 1))).isNull();
        assertThat(BearerToken.in(null)).isNull();
    }
}

package io.keyswitch.llm.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.secret.ApiKey;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyScrubTest {
    private static final ApiKey KEY = ApiKey.of("sk-a/b+c.1234");

    private static String scrubbed(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        assertThat(new KeyScrub(KEY).scrub(bytes)).isSameAs(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            sk-a/b+c.1234                              | *************
            xsk-a/b+c.1234x                            | x*************x
            sk-a/b+c.1234sk-a/b+c.1234                 | **************************
            é sk-a/b+c.1234 你好 sk-a/b+c.1234         | é ************* 你好 *************
            sk-a\\/b+c.1234                            | **************
            \\u0073k-a/b+c.1234                        | ******************
            \\u0073\\u006B-a\\u002fb+c.1234 and more   | **************************** and more
            sk-a/b+c.1234 and sk-a\\/b+c.1234          | ************* and **************
            sk-a/b+c.123                               | sk-a/b+c.123
            sk-a/b+c_1234                              | sk-a/b+c_1234
            \\u0041 and \\/                            | \\u0041 and \\/
            ~~                                         | ~~
            """)
    void theKeyIsOverwrittenInEachOfItsNotations(String text, String scrubbed) {
        assertThat(scrubbed(text)).isEqualTo(scrubbed);
    }

    @Test
    void theKeyIsFoundAtEveryPlaceOfALongAnswer() {
        for (int at = 0; at < 200; at++) {
            var before = "x".repeat(at);
            assertThat(scrubbed(before + "sk-a/b+c.1234" + "y".repeat(200 - at)))
                    .isEqualTo(before + "*************" + "y".repeat(200 - at));
        }
    }
}

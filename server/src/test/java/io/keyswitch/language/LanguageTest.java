package io.keyswitch.language;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguageTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "de | DE",
                "de-AT | DE",
                "pt-BR,pt;q=0.9,en;q=0.8 | PT",
                "zh-Hant-TW | ZH",
                "en-US,en;q=0.5 | EN",
                "nl,fr;q=0.7,en;q=0.3 | FR",
                "en;q=0.2, ja;q=0.9 | JA",
                "nl | none",
                "* | none",
                "'' | none",
                "de;q=much | none",
                "none | none"
            })
    void theClientsPreferredLanguageIsTakenIfThereAreSentencesInIt(
            @Nullable String header, @Nullable Language expected) {
        assertThat(Language.acceptedIn(header)).isEqualTo(expected);
    }

    @Test
    void aHeaderOfAnUnusualLengthIsIgnored() {
        assertThat(Language.acceptedIn("de," + "xx,".repeat(200) + "fr")).isNull();
    }
}

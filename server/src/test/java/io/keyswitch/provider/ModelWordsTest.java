package io.keyswitch.provider;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelWordsTest {
    @ParameterizedTest
    @CsvSource({
        "opus 5.5, claude-opus-5-5, true",
        "opus, claude-opus-5-5, true",
        "claude opus 4.1, claude-opus-4-1-20250805, true",
        "opus 5, claude-opus-5-5, false",
        "gpt 4, gpt-4.1, false",
        "gpt 4, gpt-4-0613, true",
        "gpt 4o, gpt-4o, true",
        "gpt 4, gpt-4o, false",
        "gpt 4 mini, gpt-4o-mini, false",
        "gpt 5.5 mini, gpt-5.5-mini, true",
        "gpt 5 mini, gpt-5.5-mini, false",
        "5.4, claude-opus-5-5, false",
        "8, gemini-3.8-flash, false",
        "gemini flash, gemini-3.8-flash, true",
        "gemini 3 flash, gemini-3.8-flash, false",
        "llama 3, llama-3.3-70b-versatile, false",
        "llama 3.1, llama-3.1-8b-instant, true",
        "llama 70b, llama-3.3-70b-versatile, true",
        "llama 4 scout, meta-llama/llama-4-scout-17b-16e-instruct, true",
        "mixtral 8x7b, mixtral-8x7b-32768, true",
        "qwen3 32b, qwen/qwen3-32b, true",
        "sonnet opus, claude-opus-5-5, false"
    })
    void aVersionIsSaidAsAWhole(String said, String id, boolean expected) {
        assertThat(ModelWords.of(said).name(id)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "opus 5, claude-opus-5-5, true",
        "gpt 5 mini, gpt-5.5-mini, true",
        "8, gemini-3.8-flash, false",
        "opus 4, claude-opus-5-5, false"
    })
    void theBeginningOfAVersionIsNotAnother(String said, String id, boolean expected) {
        assertThat(ModelWords.of(said).begin(id)).isEqualTo(expected);
    }
}

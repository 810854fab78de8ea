package io.keyswitch.modelconfig;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.llm.ListedModel;
import io.keyswitch.provider.ModelId;
import io.keyswitch.provider.Provider;
import io.keyswitch.provider.ProviderId;
import io.keyswitch.settings.SettingsLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelMatcherTest {
    private static final Provider GROQ =
            Objects.requireNonNull(SettingsLoader.parse("", Path.of("."), Map.of(), SettingsLoader.Purpose.SHOW)
                    .providers()
                    .find(new ProviderId("groq")));

    @ParameterizedTest
    @CsvSource({
        "gpt-oss-20b, gpt-oss-20b, true",
        "claude-sonnet-4-5, claude-sonnet-4-5-20260115, true",
        "gpt-5.5, gpt-5.5-2026-01-15, true",
        "gpt-5.5, gpt-5.5-2026-01-15-preview, true",
        "gpt-oss, gpt-oss-20b, false",
        "gpt-5.5, gpt-5.5-2000, false",
        "gpt-5.5, gpt-5.5-mini, false"
    })
    void aListedIdMatchesWithADateSuffixAndNoOther(String typed, String listed, boolean expected) {
        assertThat(ModelMatcher.isListed(GROQ, new ModelId(typed), List.of(new ListedModel(listed, null, null))))
                .isEqualTo(expected);
    }
}

package io.keyswitch.llm.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.llm.ChatEvent;
import io.keyswitch.secret.ApiKey;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScrubbedTextTest {
    private static final String KEY = "aab-aab-secret";

    private static String scrub(String text, int... cuts) {
        var scrubbed = new ScrubbedText(KEY);
        var out = new StringBuilder();
        int from = 0;
        for (int cut : cuts) {
            out.append(scrubbed.add(text.substring(from, cut)));
            from = cut;
        }
        return out.append(scrubbed.add(text.substring(from)))
                .append(scrubbed.rest())
                .toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "your key is aab-aab-secret.",
                "aab-aab-aab-secretaab-aab-secret",
                "aab-aab-secret",
                "aaaab-aab-secret aab-aab-secre"
            })
    void theKeyIsMaskedWhereverTheTextIsSplit(String text) {
        var clean = text.replace(KEY, "****");
        for (int first = 0; first <= text.length(); first++) {
            for (int second = first; second <= text.length(); second++) {
                assertThat(scrub(text, first, second))
                        .as("cut at %d and %d", first, second)
                        .isEqualTo(clean);
            }
        }
    }

    @Test
    void onlyAPossiblePrefixOfTheKeyIsBuffered() {
        var scrubbed = new ScrubbedText(KEY);
        assertThat(scrubbed.add("hello a")).isEqualTo("hello ");
        assertThat(scrubbed.add("nd aab-")).isEqualTo("and ");
        assertThat(scrubbed.rest()).isEqualTo("aab-");
        assertThat(scrubbed.rest()).isEmpty();
    }

    @Test
    void theKeyIsRemovedFromEveryFieldOfAToolCall() {
        var key = ApiKey.of("fake-own-key-000-1a2b");
        var call = new ChatEvent.ToolCall(0, "id " + key.reveal(), "name " + key.reveal(), "signed " + key.reveal());
        assertThat(new ScrubbedEvents(key).scrub(List.of(call)))
                .containsExactly(new ChatEvent.ToolCall(0, "id ", "name ", "signed "));
    }
}

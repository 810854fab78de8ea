package io.keyswitch.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.settings.SettingsLoader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RequestsTest {
    private static final Requests REQUESTS =
            new Requests(SettingsLoader.parse("", Path.of("."), Map.of(), SettingsLoader.Purpose.SHOW)
                    .providers());

    static Stream<Arguments> labelledSentences() throws IOException {
        try (var in = Objects.requireNonNull(RequestsTest.class.getResourceAsStream("/requests.tsv"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .filter(line -> !line.isBlank() && !line.startsWith("#"))
                            .map(line -> line.split("\t", 2))
                            .map(parts -> Arguments.of(parts[1], parts[0]))
                            .toList()
                            .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("labelledSentences")
    void everySentenceIsUnderstoodAsLabelled(String sentence, String label) {
        assertThat(describe(REQUESTS.read(sentence))).isEqualTo(label);
    }

    @Test
    void theLabelledSentencesCoverBothKinds() throws IOException {
        var starts = labelledSentences()
                .collect(Collectors.partitioningBy(line -> !"none".equals(line.get()[1]), Collectors.counting()));
        assertThat(starts.get(true)).isGreaterThan(100);
        assertThat(starts.get(false)).isGreaterThan(100);
    }

    @Test
    void modelIdsKeepTheirCase() {
        assertThat(REQUESTS.read("Switch to groq, Qwen/Qwen3-32B"))
                .isInstanceOfSatisfying(
                        Request.Change.class,
                        change -> assertThat(String.valueOf(change.model())).isEqualTo("Qwen/Qwen3-32B"));
    }

    private static String describe(@Nullable Request request) {
        return switch (request) {
            case null -> "none";
            case Request.Change(var provider, var model, var source) ->
                Stream.of(
                                "change",
                                provider == null ? "" : provider.id().value(),
                                model == null ? "" : model.value(),
                                source == null
                                        ? ""
                                        : switch (source) {
                                            case OWN -> "own";
                                            case PROJECT -> "default";
                                        })
                        .filter(word -> !word.isEmpty())
                        .collect(Collectors.joining(" "));
            case Request.Misspelt(var _, var near) -> "misspelt " + near.id();
            case Request.UseDefault _ -> "default";
            case Request.WhichModel _ -> "which";
            case Request.ForgetKey _ -> "forget";
        };
    }
}

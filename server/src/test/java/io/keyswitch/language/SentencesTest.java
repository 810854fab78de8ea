package io.keyswitch.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.core.Details;
import io.keyswitch.core.Failure;
import io.keyswitch.core.Reason;
import io.keyswitch.settings.SettingsLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SentencesTest {
    private static final Sentences ENGLISH = Sentences.english();

    /** The labels and help texts of the built-in registry. */
    private static final Set<String> TEXTS =
            SettingsLoader.parse("", Path.of("."), Map.of(), SettingsLoader.Purpose.SHOW).providers().all().stream()
                    .flatMap(provider -> Stream.ofNullable(provider.accountId()))
                    .flatMap(rule -> Stream.of(rule.label(), rule.help()))
                    .collect(Collectors.toSet());

    private record Facts(@Nullable String variant, @Nullable Duration retryAfter, boolean incomplete)
            implements Details {
        @Override
        public Map<String, Object> fields() {
            return Map.of();
        }

        @Override
        public Map<String, String> arguments() {
            return Map.of("provider", "Acme", "model", "a$1", "seconds", "7");
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyReasonHasASentence(Reason reason) {
        var key = "failures." + reason.key();
        assertThat(isThere(key)).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void everySentenceIsDefinedInTheLanguageFile(Sentence sentence) {
        assertThat(isThere(sentence.key())).isTrue();
    }

    private static boolean isThere(String key) {
        var keys = ENGLISH.byKey().keySet();
        return keys.contains(key) || keys.containsAll(Set.of(key + ".own", key + ".project"));
    }

    @ParameterizedTest
    @EnumSource
    void everyLanguageHasTheSameSentencesWithTheSamePlaceholders(Language language) {
        var sentences = Sentences.of(language).byKey();
        assertThat(sentences.keySet()).isEqualTo(ENGLISH.byKey().keySet());
        sentences.forEach((key, sentence) -> assertThat(placeholders(sentence))
                .as(language + " " + key)
                .isEqualTo(placeholders(String.valueOf(ENGLISH.byKey().get(key)))));
    }

    private static Set<String> placeholders(String sentence) {
        return Pattern.compile("\\{\\w+}")
                .matcher(sentence)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toSet());
    }

    @Test
    void theLanguageFileContainsNoUnknownKeys() {
        var known = Arrays.stream(Sentence.values()).map(Sentence::key).collect(Collectors.toSet());
        var reasons = Arrays.stream(Reason.values()).map(Reason::key).collect(Collectors.toSet());
        assertThat(ENGLISH.byKey().keySet()).allSatisfy(key -> {
            var parts = key.split("\\.", -1);
            assertThat(
                            switch (parts[0]) {
                                case "failures" -> reasons.contains(parts[1]);
                                case "texts" -> TEXTS.contains(key.substring("texts.".length()));
                                default -> known.contains(parts[0]);
                            })
                    .as(key)
                    .isTrue();
        });
    }

    @ParameterizedTest
    @EnumSource
    void theTextsOfBuiltInProvidersAreTranslated(Language language) {
        assertThat(TEXTS)
                .isNotEmpty()
                .allSatisfy(text -> assertThat(Sentences.of(language).byKey()).containsKey("texts." + text));
    }

    @Test
    void aTextOfTheRegistryIsFilledInInTheLanguageAndAnOperatorsOwnAsItIs() {
        var german = Sentences.of(Language.DE);
        assertThat(german.say(Sentence.NOT_AN_ACCOUNT_ID, Map.of("label", "Account ID", "help", "Ask Jo.")))
                .contains("Konto-ID")
                .contains("Ask Jo.");
    }

    @Test
    void theChatMessageForAFailureNamesItsCauseAndTheNextStep() {
        assertThat(ENGLISH.inChat(new Failure(Reason.NO_CREDIT, new Facts("own", null, false))))
                .isEqualTo(
                        "Your account at Acme has no credit left. Please top it up there, or say “change my model”.");
        assertThat(ENGLISH.inChat(new Failure(Reason.NO_CREDIT, new Facts("project", null, true))))
                .isEqualTo("The default key for Acme has no credit left. Say “change my model” to use your own key."
                        + " The part of the answer that had arrived is kept.");
    }

    @Test
    void aVariantWithoutItsOwnSentenceUsesTheCommonOne() {
        assertThat(ENGLISH.problem(new Failure(Reason.UNKNOWN_MODEL, new Facts("own", null, false))))
                .isEqualTo("Acme does not know the model \"a$1\".");
    }

    @Test
    void theClientMessageNamesTheRetryDelay() {
        var wait = Duration.ofSeconds(7);
        assertThat(ENGLISH.forClient(new Failure(Reason.OVERLOADED, new Facts(null, wait, false))))
                .isEqualTo("Acme is overloaded. Try again in 7 seconds.");
        assertThat(ENGLISH.forClient(new Failure(Reason.OVERLOADED, new Facts(null, Duration.ZERO, false))))
                .endsWith("Try again in 1 seconds.");
    }

    @Test
    void anInvalidArgumentKeepsItsMessage() {
        var failure = Failure.invalidArgument("message is required.");
        assertThat(List.of(ENGLISH.inChat(failure), ENGLISH.forClient(failure), ENGLISH.problem(failure)))
                .containsOnly("message is required.");
    }
}

package io.keyswitch.understanding;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.language.Language;
import io.keyswitch.language.Sentence;
import io.keyswitch.language.Sentences;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a sentence tells users to say is understood when they say it. */
class SuggestedWordsTest {
    private static final Pattern QUOTED = Pattern.compile("[“„«「]([^“”„«»「」]+)[”“»」]");
    private static final Pattern IN_QUOTES = Pattern.compile("(['\"])(.+?)\\1");
    private static final Pattern BOLD = Pattern.compile("\\*\\*([^*{}]+)\\*\\*");

    @ParameterizedTest
    @EnumSource
    void theMessagesOfSuggestionsAreCertainRequests(Language language) {
        var sentences = Sentences.of(language);
        Map.of(
                        Sentence.SUGGEST_CHANGE, "change",
                        Sentence.SUGGEST_DEFAULT, "default",
                        Sentence.SUGGEST_FORGET_KEY, "forget_key",
                        Sentence.SUGGEST_OFFERS, "list",
                        Sentence.SUGGEST_UNDO, "undo",
                        Sentence.SUGGEST_UPDATE_KEY, "update_key",
                        Sentence.SUGGEST_WHICH, "which")
                .forEach((sentence, intent) -> {
                    var understood = Sample.said(sentences.say(sentence)).request();
                    assertThat(Sample.describe(understood))
                            .as(sentences.say(sentence))
                            .startsWith(intent);
                    assertThat(understood != null && understood.certain()).isTrue();
                });
    }

    /** "Say “change my model” …": what a cure quotes. */
    @ParameterizedTest
    @EnumSource
    void theWordsThatACureQuotesAreCertainRequests(Language language) {
        var cures = Sentences.of(language).cures();
        assertThat(cures).hasSizeGreaterThan(20);
        assertThat(cures.stream().flatMap(cure -> QUOTED.matcher(cure).results()))
                .isNotEmpty()
                .allSatisfy(quoted -> {
                    var words = quoted.group(1).strip();
                    var understood = Sample.said(words).request();
                    assertThat(understood).as(words).isNotNull();
                    assertThat(understood != null && understood.certain())
                            .as(words)
                            .isTrue();
                });
    }

    /** The page's first three suggestions are for Keyswitch, and the last one is for the model. */
    @ParameterizedTest
    @EnumSource
    void theSuggestionsOfThePageAreUnderstood(Language language) throws IOException {
        var source = Files.readString(Path.of("web/src/language/%s.ts".formatted(language.code())));
        var list = source.substring(source.indexOf("suggestions: ["), source.indexOf("signedOutTitle"));
        var suggestions =
                IN_QUOTES.matcher(list).results().map(match -> match.group(2)).toList();
        assertThat(suggestions).hasSize(4);
        assertThat(suggestions.stream().map(SuggestedWordsTest::intent).map(intent -> intent.split("\\{", 2)[0]))
                .as(suggestions.toString())
                .containsExactly("change", "which", "change", "chat");
    }

    private static String intent(String message) {
        var understood = Sample.said(message).request();
        return understood == null || !understood.certain() ? "chat" : Sample.describe(understood);
    }

    /** The name is that of a provider as the user has it: an ID. */
    @ParameterizedTest
    @EnumSource
    void theKeyToDeleteIsNamedAsTheExampleSays(Language language) {
        var said = Sentences.of(language)
                .say(Sentence.WHICH_KEY_TO_FORGET, Map.of("providers", "openai, groq", "provider", "openai"));
        var example = BOLD.matcher(said).results().map(match -> match.group(1)).toList();
        assertThat(example).hasSize(1);
        var understood = Sample.said(example.getFirst()).request();
        assertThat(Sample.describe(understood))
                .as(example.getFirst())
                .startsWith("forget_key")
                .contains("openai");
        assertThat(understood != null && understood.certain()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void wordsToAnswerAreUnderstood(Language language) {
        var sentences = Sentences.of(language);
        var about = Map.of(
                "provider",
                "Acme",
                "model",
                "m-1",
                "account",
                "1",
                "hint",
                "1a2b",
                "label",
                "ID",
                "help",
                "Help.",
                "keyName",
                "Acme",
                "typed",
                "m-2",
                "suggested",
                "m-1");
        assertWords(sentences.say(Sentence.WHICH_KEY, about), FixedAnswer.PROJECT, FixedAnswer.OWN);
        assertWords(sentences.say(Sentence.WHICH_MODEL, about), FixedAnswer.PROJECT);
        assertWords(sentences.say(Sentence.KEEP_KEY, about), FixedAnswer.KEEP);
        assertWords(sentences.say(Sentence.WAYS_OUT, about), FixedAnswer.BACK, FixedAnswer.CANCEL);
        assertWords(sentences.say(Sentence.NOTHING_CHANGED, about), FixedAnswer.BACK, FixedAnswer.CANCEL);
        assertWords(sentences.say(Sentence.CHOOSE_PROVIDER, about), FixedAnswer.CANCEL);
        assertWords(sentences.say(Sentence.SUGGEST_MODEL, about), FixedAnswer.YES);
    }

    private static void assertWords(String sentence, FixedAnswer... expected) {
        var found =
                BOLD.matcher(sentence).results().map(match -> match.group(1)).toList();
        for (var answer : expected) {
            assertThat(found)
                    .as("%s in: %s", answer, sentence)
                    .anyMatch(word -> Sample.said(word).meanings().contains(answer));
        }
    }
}

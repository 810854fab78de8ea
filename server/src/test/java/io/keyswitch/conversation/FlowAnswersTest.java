package io.keyswitch.conversation;

import static io.keyswitch.conversation.FlowFixture.READER;
import static io.keyswitch.conversation.FlowFixture.state;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.language.Language;
import io.keyswitch.language.Sentences;
import io.keyswitch.provider.ProviderId;
import io.keyswitch.testing.TestApp;
import io.keyswitch.testing.TestData;
import io.keyswitch.understanding.Intent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Short answers to the flow's questions, in every language. */
class FlowAnswersTest {
    private static final Facts FACTS = FlowFixture.withKeys(
            null,
            null,
            new Facts.Key(new ProviderId("openai"), null, "1a2b", true),
            new Facts.Key(new ProviderId("cloudflare"), "b812d6d83bf817741ed1557f32afa431", "3c4d", true));

    static Stream<Arguments> labelledAnswers() throws IOException {
        return Files.readAllLines(TestData.path("conversation/flow.jsonl")).stream()
                .map(TestApp::parse)
                .map(json -> Arguments.of(
                        json.path("question").asString(),
                        json.path("say").asString(),
                        json.path("means").asString()));
    }

    private static String question(String name, String means) {
        return switch (name) {
            case "key_source" -> "source groq";
            case "account_id" -> "account cloudflare";
            case "model_id" ->
                means.contains("claude")
                        ? "model anthropic own"
                        : means.contains("gemini") ? "model gemini own" : "model openai own";
            case "api_key" -> "key openai gpt-5.5";
            case "confirm" -> "provider groq?";
            default -> name;
        };
    }

    private static String describe(UserInput input) {
        return switch (input) {
            case UserInput.Command command ->
                switch (command.word()) {
                    case DEFAULT -> "project";
                    case NOTHING_NAMED, ANY -> "no";
                    case CANCEL, BACK, HELP, YES, KEEP, OWN, WAIT ->
                        command.word().name().toLowerCase(Locale.ROOT);
                };
            case UserInput.Choice(var place, var _) -> "ordinal:" + place;
            case UserInput.ModelRequest(
                    Intent.Change(var provider, var model, var _, var _, var _),
                    var _,
                    var _,
                    var _)
            when provider != null -> model == null ? "provider:" + provider.id() : "model:" + model;
            case UserInput.ModelRequest(Intent.Help _, var _, var _, var _) -> "help";
            case UserInput.ModelRequest(Intent.Offers _, var _, var _, var _) -> "help";
            case UserInput.ModelRequest _ -> "request";
            case UserInput.PastedKey(var keys, var _, var _) -> keys.size() == 1 ? "key" : "suspected key";
            case UserInput.ModelName _ -> "model name";
            case UserInput.Mention(var provider, var _) -> "mention:" + provider.id();
            case UserInput.Remark _ -> "plain:";
            case UserInput.PlainMessage _ -> "for the model";
            case UserInput.FreeAnswer answer -> "plain:" + answer.name();
        };
    }

    private static boolean agrees(String question, String means, String read) {
        return switch (means) {
            case "not_an_answer" -> read.startsWith("plain:") || read.equals("wait");
            case "account_id" -> read.endsWith("b812d6d83bf817741ed1557f32afa431");
            // What is in use is kept by keeping the flow from changing it.
            case "keep" -> read.equals("keep") || (question.startsWith("model") && read.equals("cancel"));
            default -> read.equals(means) || read.equals(means.replace("model:", "plain:"));
        };
    }

    @ParameterizedTest(name = "{0} | {1}")
    @MethodSource("labelledAnswers")
    void anAnswerMeansWhatItIsLabelled(String name, String said, String means) {
        var question = question(name, means);
        var read = meaning(state(question), said);
        assertThat(agrees(question, means, read)).as("read as " + read).isTrue();
    }

    @ParameterizedTest(name = "{0} | {1}")
    @CsvSource(delimiter = '|', textBlock = """
            provider    | nvm                        | cancel
            api_key     | forget it, thanks          | cancel
            api_key     | skip this please           | cancel
            provider    | the third one              | ordinal:3
            model_id    | Claude Opus 5.5 please     | model:claude-opus-5-5
            model_id    | opus five point five       | model:claude-opus-5-5
            model_id    | gemini 3.8 pro             | model:gemini-3.8-pro
            key_source  | my own key please          | own
            key_source  | the app's one              | project
            confirm     | nope                       | no
            confirm     | yep                        | yes
            api_key     | where can I find it?       | help
            model_id    | which one is best?         | help
            provider    | I'm feeling low today      | not_an_answer
            provider    | cancelar                   | cancel
            api_key     | abbrechen                  | cancel
            api_key     | キャンセル                  | cancel
            model_id    | デフォルト                  | project
            model_id    | predeterminado             | project
            provider    | annuler                    | cancel
            confirm     | sí                         | yes
            confirm     | nein                       | no
            key_source  | previous step please       | back
            model_id    | keep the current one       | cancel
            provider    | same as now                | cancel
            api_key     | YOUR_API_KEY               | not_an_answer
            api_key     | keine_ahnung               | not_an_answer
            provider    | il numero 3                | ordinal:3
            provider    | my day was so tiring       | not_an_answer
            provider    | 오늘 너무 힘들었어             | not_an_answer
            """)
    void aShortAnswerIsUnderstood(String name, String said, String means) {
        anAnswerMeansWhatItIsLabelled(name, said, means);
    }

    /** Words for leaving that hold no alternatives, of one language's lexicon. */
    private static List<String> wordsForLeaving(Language language) throws IOException {
        var lexicon = Path.of("server/src/main/lexicons", language.code() + ".yaml");
        return new YAMLMapper()
                .readTree(Files.readString(lexicon))
                .path("answers")
                .path("cancel")
                .valueStream()
                .map(JsonNode::stringValue)
                .filter(word -> word.chars().noneMatch(c -> "()|\"".indexOf(c) >= 0))
                .toList();
    }

    /** The question about a pasted key takes a "no" as its answer, which lets the key go and asks what it interrupted. */
    @ParameterizedTest
    @EnumSource(Language.class)
    void everyWordForLeavingLeavesAtEveryQuestion(Language language) throws IOException {
        var words = wordsForLeaving(language);
        assertThat(words).hasSizeGreaterThan(40);
        for (var question : List.of(
                "provider",
                "provider groq?",
                "source groq",
                "account cloudflare",
                "model openai own",
                "model openai project - gpt-5.9 gpt-5.5?",
                "key openai gpt-5.5",
                "use openai?",
                "use")) {
            for (var word : words) {
                for (boolean hidden : new boolean[] {false, true}) {
                    var input = READER.read(
                            new InputReader.Message(word, hidden, List.of()),
                            new InputReader.Context(state(question), false, null, null));
                    assertThat(describe(input)).as(question + ": " + word).isIn("cancel", "no");
                }
            }
        }
    }

    /** The page's buttons for the ways out say what they show. */
    @ParameterizedTest
    @EnumSource(Language.class)
    void whatThePageSaysForItsWaysOutIsUnderstood(Language language) throws IOException {
        var labels = Files.readString(Path.of("web/src/language", language.code() + ".ts"));
        for (var question : List.of(
                "provider",
                "use openai?",
                "source groq",
                "account cloudflare",
                "model openai own",
                "key openai gpt-5.5")) {
            assertThat(meaning(state(question), label(labels, "cancel")))
                    .as(question)
                    .isIn("cancel", "no");
            assertThat(meaning(state(question), label(labels, "back")))
                    .as(question)
                    .isEqualTo("back");
        }
    }

    private static String label(String labels, String name) {
        var label = Pattern.compile("(?m)^    " + name + ": '(.+)',$").matcher(labels);
        assertThat(label.find()).as(name).isTrue();
        return label.group(1);
    }

    private static String meaning(@Nullable FlowState asked, String said) {
        return describe(READER.read(
                new InputReader.Message(said, false, List.of()), new InputReader.Context(asked, false, null, null)));
    }

    private static List<FlowPrompt.Option> options(FlowState asked, Language language) {
        var replies = new Replies(Sentences.of(language), FlowFixture.PROVIDERS, FlowFixture.PROJECT_KEYS);
        return new Prompts(FlowFixture.PROVIDERS, replies).prompt(asked, FACTS).options();
    }

    /** A button says it in the language of its user, who then reads it in the thread. */
    @ParameterizedTest(name = "{0} | {1}")
    @CsvSource(delimiter = '|', textBlock = """
            provider                            | provider:groq
            provider groq?                      | provider:groq
            source groq                         | project own
            account cloudflare                  | keep
            model openai own - gpt-5.9 gpt-5.5? | plain:gpt-5.5 plain:gpt-5.9
            key openai gpt-5.5                  | keep
            use openai?                         | yes no
            """)
    void theValueOfAnOptionMeansTheSameInEveryLanguage(String question, String meanings) {
        var asked = Objects.requireNonNull(state(question));
        for (var language : Language.values()) {
            assertThat(options(asked, language))
                    .as(language + ": " + question)
                    .extracting(option -> meaning(asked, option.value()))
                    .startsWith(meanings.split(" "));
        }
    }
}

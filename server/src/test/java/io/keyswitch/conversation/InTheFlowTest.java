package io.keyswitch.conversation;

import static io.keyswitch.conversation.FlowFixture.READER;
import static io.keyswitch.conversation.FlowFixture.state;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.conversation.UserInput.Word;
import io.keyswitch.understanding.Intent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people say at a question of the flow instead of an answer, and right after a change. */
class InTheFlowTest {
    private static final Path DOCS = Path.of("docs/understanding.md");

    /** The least share of messages of a language that are understood. */
    private static final double LEAST = 0.9;

    /** @param means {@code cancel}, {@code provider:groq} and so on; {@code chat} if it is about something else */
    private record Message(String language, String question, String means, String text) {
        boolean isAfterChange() {
            return question.equals("after_change");
        }

        /** The meaning without a provider, and whether it is said after a change. */
        String kind() {
            return (isAfterChange() ? "after a change: " : "") + means.replaceFirst(":.*", "");
        }

        UserInput read() {
            return READER.read(
                    new InputReader.Message(text, false, List.of()),
                    new InputReader.Context(openQuestion(), false, justChanged(), null));
        }

        private @Nullable JustChanged justChanged() {
            return isAfterChange() ? new JustChanged(FlowFixture.provider("groq"), Instant.EPOCH) : null;
        }

        private @Nullable FlowState openQuestion() {
            return switch (question) {
                case "provider" -> state("provider");
                case "key_source" -> state("source groq");
                case "account_id" -> state("account cloudflare");
                case "model_id" -> state("model openai own");
                case "api_key" -> state("key openai gpt-5.5");
                case "after_change" -> null;
                default -> throw new IllegalArgumentException(question);
            };
        }

        boolean isUnderstood() {
            var input = read();
            return switch (means.replaceFirst(":.*", "")) {
                case "cancel" -> isWord(input, Word.CANCEL);
                case "back" -> isWord(input, Word.BACK);
                case "keep" -> isWord(input, Word.KEEP);
                case "own" -> isWord(input, Word.OWN);
                case "project" -> isWord(input, Word.DEFAULT);
                // Advice is what the help gives, and the help for both.
                case "help", "advice", "any" ->
                    isWord(input, Word.HELP, Word.ANY, Word.DEFAULT)
                            || isRequest(input, Intent.Offers.class)
                            || isRequest(input, Intent.Help.class);
                case "wait" -> isWord(input, Word.WAIT) || input instanceof UserInput.Remark;
                case "provider", "change" -> named(input).equals(means.replaceFirst(".*:", ""));
                case "undo" -> isRequest(input, Intent.Undo.class);
                case "which" -> isRequest(input, Intent.Which.class);
                case "chat" -> isNoAnswer(input);
                default -> throw new IllegalArgumentException(means);
            };
        }

        /** The help says how to talk about something else. */
        private boolean isNoAnswer(UserInput input) {
            return input instanceof UserInput.PlainMessage
                    || input instanceof UserInput.FreeAnswer
                    || input instanceof UserInput.Remark
                    || (!isAfterChange() && isWord(input, Word.HELP));
        }

        private static boolean isWord(UserInput input, Word first, Word... others) {
            return input instanceof UserInput.Command(var word, var _, var _)
                    && EnumSet.of(first, others).contains(word);
        }

        private static boolean isRequest(UserInput input, Class<? extends Intent> intent) {
            return input instanceof UserInput.ModelRequest request && intent.isInstance(request.request());
        }

        private static String named(UserInput input) {
            var intent = switch (input) {
                case UserInput.ModelRequest request -> request.request();
                case UserInput.Mention(var provider, var _) -> new Intent.Change(provider, null, null, false);
                default -> null;
            };
            return intent instanceof Intent.Change(var provider, var _, var _, var _, var _) && provider != null
                    ? provider.id().value()
                    : "";
        }
    }

    private static List<Message> messages() throws IOException {
        return LabelledMessages.read("/understanding/in-the-flow.tsv").stream()
                .map(parts -> new Message(parts[0], parts[1], parts[2], parts[3]))
                .toList();
    }

    /** The table of docs/understanding.md. */
    @Test
    void whatIsSaidInsteadOfAnAnswerIsUnderstood() throws IOException {
        var kinds = new LabelledMessages.Table();
        var languages = new LabelledMessages.Table();
        var missed = new ArrayList<Message>();
        for (var message : messages()) {
            boolean understood = message.isUnderstood();
            kinds.count(message.kind(), understood);
            languages.count(message.language(), understood);
            if (!understood) {
                missed.add(message);
            }
        }
        missed.sort(Comparator.comparing(Message::kind).thenComparing(Message::language));
        missed.forEach(message -> System.out.println(message.language() + " " + message.question() + " "
                + message.means() + " | " + message.text() + " | " + message.read()));
        var table = kinds.as("meaning") + "\n" + languages.as("language");
        System.out.println(table);
        assertThat(languages.shares())
                .allSatisfy((_, share) -> assertThat(share).isGreaterThanOrEqualTo(LEAST));
        assertThat(Files.readString(DOCS)).contains(table);
    }

    /** "Undo the last git commit", "no, the other function": they go to the model that was just chosen. */
    @Test
    void ordinaryChatRightAfterAChangeIsForTheModel() throws IOException {
        assertThat(messages())
                .filteredOn(message -> message.kind().equals("after a change: chat"))
                .hasSizeGreaterThan(100)
                .allSatisfy(message ->
                        assertThat(message.read()).as(message.text()).isInstanceOf(UserInput.PlainMessage.class));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "again",
                "try again",
                "once more please",
                "nochmal bitte",
                "ещё раз",
                "снова",
                "फिर से",
                "thanks, Groq",
                "hi Groq!",
                "Groq, no",
                "danke Groq",
                "hi Claude!",
                "thanks, Gemini",
                "don't change it back",
                "don't undo that",
                "don't switch to claude",
                "claude is too slow",
                "I used claude before",
                "resume please",
                "now backwards",
                "the last one",
                "間違えた",
                "undo the last rename",
                "on my own key 0",
                "switch to claude and then translate this",
                "Please proofread this mail. The tests were clear. Switch to Claude."
            })
    void neitherAnotherTryNorANameInCourtesyCorrectsAChange(String text) {
        assertThat(new Message("en", "after_change", "", text).read()).isInstanceOf(UserInput.PlainMessage.class);
    }

    /** What may hold a key is not kept, whatever its words mean. */
    @Test
    void nothingIsKeptOfALongerMessageAtTheKeyQuestion() throws IOException {
        var cued = "no stop, too complicated, keep sk-zorbel as it is";
        assertThat(READER.read(
                                new InputReader.Message(cued, false, List.of()),
                                new InputReader.Context(state("key openai gpt-5.5"), false, null, null))
                        .kept())
                .isEqualTo(InputReader.KEPT_NOTHING);
    }

    @ParameterizedTest(name = "{0} | {1}")
    @CsvSource(delimiter = '|', textBlock = """
            provider   | what's the weather in rome tomorrow   | remark
            provider   | hm, gemini is the one from google I think | suggests gemini
            provider   | whichever, gemini sounded alright    | suggests gemini
            provider   | what is openrouter?                   | help
            provider   | you choose                            | any
            model_id   | thanks, but it's all too complicated  | cancel
            model_id   | claude-opus-5-5                       | plain
            model_id   | best                                  | plain
            key_source | own or default                        | remark
            key_source | I'd rather pay for it myself          | own
            api_key    | no stop I don't want this anymore     | cancel
            api_key    | wait, do you store it?                | help
            api_key    | use the one I gave you last week      | keep
            api_key    | the one I gave you before has leaked  | remark
            api_key    | don't use the one I gave you last week | remark
            key_source | honestly I don't want to pay for it myself | remark
            key_source | I'd rather not burn the app's key, I have my own | remark
            key_source | which one is free                     | help
            key_source | I have a question first               | remark
            api_key    | do you have a link where I can get one | help
            provider   | you pick, I don't want it to cost much | any
            provider   | I'd be perfectly happy with groq      | suggests groq
            provider   | is it too complicated?                | remark
            provider   | could we leave it as it is?           | cancel
            provider   | please leave all of my settings as they are | cancel
            model_id   | I don't want the mini one             | remark
            """)
    void aCueDecidesWhatALongerMessageMeans(String question, String text, String expected) {
        assertThat(described(new Message("en", question, "", text).read())).isEqualTo(expected);
    }

    private static String described(UserInput input) {
        return switch (input) {
            case UserInput.Command(var word, var _, var _) -> word.name().toLowerCase(Locale.ROOT);
            case UserInput.Mention(var provider, var _) -> "suggests " + provider.id();
            case UserInput.FreeAnswer answer -> answer.sentence() ? "remark" : "plain";
            case UserInput.Remark _ -> "remark";
            default -> input.toString();
        };
    }
}

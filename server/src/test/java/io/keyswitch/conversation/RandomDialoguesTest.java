package io.keyswitch.conversation;

import static io.keyswitch.conversation.FlowFixture.FLOW;
import static io.keyswitch.conversation.FlowFixture.PROVIDERS;
import static io.keyswitch.conversation.FlowFixture.READER;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.language.Language;
import io.keyswitch.language.Sentence;
import io.keyswitch.language.Sentences;
import io.keyswitch.llm.ListedModel;
import io.keyswitch.modelconfig.HeldKeys;
import io.keyswitch.modelconfig.KeyFormats;
import io.keyswitch.modelconfig.ModelChoice;
import io.keyswitch.provider.ModelId;
import io.keyswitch.provider.Provider;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Dialogues of random messages: none throws, loses an open question, keeps a key in what is stored or replied, or chooses a
 * model that nobody named.
 */
class RandomDialoguesTest {
    private static final int MESSAGES = 4_000;
    private static final List<ListedModel> LISTED = Stream.of(
                    "m-1", "llama-3.3-70b-versatile", "gpt-5.4-mini", "claude-opus-5-5")
            .map(id -> new ListedModel(id, id, null))
            .toList();
    private static final KeyFormats FORMATS = new KeyFormats(PROVIDERS);

    /** Each dialogue has its own secrets, so that any of them can be searched for. */
    private static List<String> secrets(Random random) {
        var tail = Long.toUnsignedString(random.nextLong(), 36) + "Zq7xW2vK9pL4mN8tR6yB3hJ5";
        return List.of(
                "sk-proj-" + tail,
                "sk-" + tail,
                "gsk_" + tail.replaceAll("[^A-Za-z0-9]", "x"),
                "sk-ant-api03-" + tail,
                "AIzaSy" + tail + "AbCdEfGhIjK",
                "xai-" + tail);
    }

    private static List<String> messages(List<String> secrets) {
        var all = new ArrayList<String>(List.of(
                "",
                " ",
                "?",
                "5.5",
                "1",
                "2",
                "-1",
                "0",
                "the second one",
                "yes",
                "no",
                "ok",
                "back",
                "cancel",
                "help",
                "keep",
                "default",
                "own",
                "hello there",
                "what is the weather in Rome?",
                "which one is best?",
                "where do I get a key?",
                "switch to openai",
                "use groq with my own key",
                "use claude opus 5.5",
                "gpt 5.5",
                "anthropic/claude-sonnet-4.5",
                "switch to gemni",
                "/model",
                "/model list",
                "/model undo",
                "/key",
                "/key groq",
                "/help",
                "/weather",
                "forget my key",
                "update my openai key",
                "go back to my previous model",
                "only in this chat use mistral",
                "which model am I using?",
                "0123456789abcdef0123456789abcdef",
                "@cf/meta/llama-3.1-8b-instruct",
                "llama 3.3 70b",
                "a".repeat(5_000),
                "\u0000\u202e\ud83d\ude00",
                "\ud800",
                "<script>",
                "{provider}",
                "%s $1 \\",
                "claude-sonnet-5-5",
                "cancelar",
                "whatever",
                "m-1",
                "M-1"));
        for (var language : Language.values()) {
            for (var sentence : List.of(
                    Sentence.SUGGEST_CHANGE,
                    Sentence.SUGGEST_UNDO,
                    Sentence.SUGGEST_DEFAULT,
                    Sentence.SUGGEST_UPDATE_KEY,
                    Sentence.SUGGEST_OFFERS)) {
                all.add(Sentences.of(language).say(sentence));
            }
        }
        PROVIDERS.all().forEach(provider -> all.add(provider.id().value()));
        for (var secret : secrets) {
            all.add(secret);
            all.add("my key is " + secret + ", thanks");
            all.add("\"" + secret + "\"");
            all.add("OPENAI_API_KEY=" + secret);
            all.add("use openai with " + secret);
            all.add("please explain to me why this small program prints nothing when I start it with " + secret);
        }
        return all;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void randomMessagesNeverBreakADialogue(long seed) {
        var random = new Random(seed);
        var secrets = secrets(random);
        var messages = messages(secrets);
        var said = new ArrayList<String>();
        FlowState question = null;
        HeldKeys.@Nullable Held held = null;
        @Nullable JustChanged changed = null;
        for (int i = 0; i < MESSAGES; i++) {
            if (question == null) {
                said.clear();
            }
            var text = message(random, messages);
            boolean secretField = question instanceof FlowState.AskApiKey && random.nextBoolean();
            said.add(text.toLowerCase(Locale.ROOT));
            var input = READER.read(
                    new InputReader.Message(text, secretField, List.of()),
                    new InputReader.Context(question, random.nextBoolean(), question == null ? changed : null, null));
            var facts = (random.nextBoolean() ? Facts.NONE : FlowFixture.withKey("openai", "gpt-5.5", null, "1a2b"))
                    .with(random.nextBoolean() ? LISTED : List.of());
            var step = FLOW.next(question, input, held == null ? facts : facts.with(held));

            var context = "seed %d, message %d: %s at %s".formatted(seed, i, text, question);
            assertHoldsNoSecret(input.kept(), secrets, context);
            assertThat(isLost(question, input, step)).as(context).isFalse();
            changed = step instanceof FlowStep.PassOn || step instanceof FlowStep.PassOnAndEnd ? null : changed;
            switch (step) {
                case FlowStep.Ask(var next, var reply) -> {
                    assertHoldsNoSecret(reply, secrets, context);
                    question = next;
                    held = next instanceof FlowState.AskApiKey ? null : held;
                }
                case FlowStep.Hold(var key, var provider, var ask) -> {
                    assertHoldsNoSecret(ask.reply(), secrets, context);
                    question = ask.state();
                    held = new HeldKeys.Held(
                            key, provider == null ? FORMATS.of(key) : List.of(provider), provider != null);
                }
                case FlowStep.LetGo(var ask) -> {
                    assertHoldsNoSecret(ask.reply(), secrets, context);
                    question = ask.state();
                    held = null;
                }
                case FlowStep.Tell(var reply) -> assertHoldsNoSecret(reply, secrets, context);
                case FlowStep.Apply(var choice) -> {
                    assertWasNamed(choice, said, context);
                    changed = new JustChanged(choice.provider(), Instant.EPOCH);
                    question = null;
                    held = null;
                }
                case FlowStep.SayWhich _, FlowStep.PassOn _ -> {}
                case FlowStep.Leave _,
                        FlowStep.PassOnAndEnd _,
                        FlowStep.SaveKey _,
                        FlowStep.Undo _,
                        FlowStep.UndoToNone _,
                        FlowStep.UseDefault _,
                        FlowStep.OnlyHere _,
                        FlowStep.ForgetKeys _ -> {
                    question = null;
                    held = null;
                }
            }
        }
    }

    /** One of the messages, two of them in one, or any characters. */
    private static String message(Random random, List<String> messages) {
        var one = messages.get(random.nextInt(messages.size()));
        return switch (random.nextInt(10)) {
            case 0 -> one + (random.nextBoolean() ? ", " : "\n") + messages.get(random.nextInt(messages.size()));
            case 1 ->
                random.ints(random.nextInt(1, 30), 1, 0x3200)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
            case 2 ->
                random.ints(random.nextInt(1, 20), '!', '~' + 1)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
            default -> one;
        };
    }

    /**
     * Whether a message goes to the model though a question is open, or ends the flow without asking for that. The question about
     * a pasted key may be ignored.
     */
    private static boolean isLost(@Nullable FlowState question, UserInput input, FlowStep step) {
        if (question == null) {
            return false;
        }
        return switch (step) {
            case FlowStep.PassOn _ -> true;
            case FlowStep.PassOnAndEnd _ -> !(question instanceof FlowState.AskKeyUse);
            case FlowStep.Leave _,
                    FlowStep.Undo _,
                    FlowStep.UndoToNone _,
                    FlowStep.UseDefault _,
                    FlowStep.OnlyHere _,
                    FlowStep.ForgetKeys _ -> !mayEnd(input);
            default -> false;
        };
    }

    private static boolean mayEnd(UserInput input) {
        return switch (input) {
            case UserInput.ModelRequest _, UserInput.Choice _, UserInput.PastedKey _ -> true;
            case UserInput.Command(var word, var _, var _) ->
                switch (word) {
                    case CANCEL, YES, KEEP, DEFAULT, NOTHING_NAMED, BACK -> true;
                    case HELP, OWN, ANY, WAIT -> false;
                };
            case UserInput.ModelName _,
                    UserInput.Mention _,
                    UserInput.Remark _,
                    UserInput.FreeAnswer _,
                    UserInput.PlainMessage _ -> false;
        };
    }

    private static void assertHoldsNoSecret(String text, List<String> secrets, String context) {
        for (var secret : secrets) {
            assertThat(text).as(context).doesNotContain(secret).doesNotContain(secret.substring(8));
        }
    }

    /** A model is the provider's default, one that it lists or is known for, or was typed since the flow began. */
    private static void assertWasNamed(ModelChoice choice, List<String> said, String context) {
        var model = choice.model();
        assertThat(isKnown(choice.provider(), model)
                        || said.stream().anyMatch(text -> joined(text).contains(joined(model.value()))))
                .as("%s chooses %s", context, choice)
                .isTrue();
        assertThat(model.value()).as(context).containsPattern("[A-Za-z]");
    }

    /** "Llama 3.3 70B" names llama-3.3-70b. */
    private static String joined(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
    }

    private static boolean isKnown(Provider provider, ModelId model) {
        return provider.defaultModel().equals(model)
                || provider.knownModels().contains(model)
                || LISTED.stream().anyMatch(listed -> listed.id().equals(model.value()));
    }
}

package io.keyswitch.conversation;

import static io.keyswitch.conversation.FlowFixture.READER;
import static io.keyswitch.conversation.FlowFixture.state;
import static io.keyswitch.conversation.InputReader.KEPT_NOTHING;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.language.Language;
import io.keyswitch.secret.ApiKey;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a message is classified at each question, and how much of it is stored. */
class InputReaderTest {
    private static final String KEY = "sk-proj-abcdefghijklmnop1234";
    private static final ApiKey OWN = ApiKey.of("k9!my*own?key~1a2b");

    private static final List<String> QUESTIONS = List.of(
            "none",
            "provider",
            "provider groq?",
            "source groq",
            "account cloudflare",
            "model groq own",
            "model groq own - m-2 m-1?",
            "key openai gpt-5.5");

    private static UserInput read(String question, String said) {
        return read(question, said, false, null);
    }

    private static UserInput read(String question, String said, boolean secret, @Nullable ApiKey own) {
        return READER.read(
                new InputReader.Message(said, secret, own == null ? List.of() : List.of(own)),
                new InputReader.Context(state(question), false, null, null));
    }

    private static String describe(UserInput input) {
        return switch (input) {
            case UserInput.Command(var word, var _, var _) -> word.name().toLowerCase(java.util.Locale.ROOT);
            case UserInput.ModelRequest(var _, var key, var _, var _) ->
                key == null ? "request" : "request+" + key.hint();
            case UserInput.PastedKey(var keys, var recognised, var _) ->
                (recognised ? "key" : "suspected")
                        + keys.stream().map(key -> " " + key.hint()).collect(Collectors.joining());
            case UserInput.Choice(var place, var _) -> "choice " + place;
            case UserInput.ModelName _ -> "model name";
            case UserInput.Remark _ -> "remark";
            case UserInput.Mention _ -> "mention";
            case UserInput.PlainMessage message -> message.secretsRemoved() ? "plain, masked" : "plain";
            case UserInput.FreeAnswer _ -> "plain";
        };
    }

    @ParameterizedTest(name = "{0} | {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            none            | hello                         | plain
            none            | back                          | plain
            none            | undo                          | plain
            none            | default                       | plain
            none            | keep it                       | plain
            none            | change my model               | request
            none            | sk-proj-abcdefghijklmnop1234  | key 1234
            none            | here: sk-proj-abcdefghijklmnop1234 | key 1234
            none            | a b c d e f g h sk-proj-abcdefghijklmnop1234 | key 1234
            none            | a b c d e f g h i sk-proj-abcdefghijklmnop1234 | plain, masked
            none            | postgres://u:s3cr3t-pa55@host | key
            none            | my_secret_42                  | plain
            none            | use openai with sk-proj-abcdefghijklmnop1234 | request+1234
            none            | use openai gpt-5.5, my api key is sk-proj-abcdefghijklmnop1234 | request+1234
            none            | use openai sk-proj-abcdefghijklmnop1234 sk-proj-abcdefghijklmnop5678 | request

            none            | mi clave de openai es sk-proj-abcdefghijklmnop1234 | key 1234
            none            | which model is sk-proj-abcdefghijklmnop1234 | key 1234

            provider        | no                            | cancel
            model groq own  | nein                          | cancel
            account cloudflare | いいえ                       | cancel
            model groq own  | actually no, forget it        | cancel
            model groq own  | no, wait                      | cancel
            model groq own  | ne, doch nicht                | cancel
            model groq own  | いいえ、やっぱりやめます          | cancel
            model openai own | use claude                   | request
            model openrouter own | use claude               | plain
            model openai own | use gpt-5.5                  | plain
            key openai gpt-5.5 | I don't have one           | help
            model groq own  | gsk_short                     | key hort
            model groq own  | sk-ant-short                  | key hort
            provider        | xai-short12                   | key rt12

            provider        | CANCEL!                       | cancel
            provider        | please stop                   | cancel
            provider        | no thanks                     | cancel
            provider        | go back                       | back
            provider        | I don't understand            | help
            provider        | ?                             | help
            provider        | yes                           | wait
            provider        | none                          | help
            provider        | groq                          | request
            provider        | the groq one                  | request
            provider        | the second one                | choice 2
            provider        | 3                             | choice 3
            provider        | the last one                  | choice -1
            provider groq?  | yes                           | yes
            provider groq?  | Yep, please                   | yes
            provider        | my_secret_42                  | key
            source groq     | default                       | default
            source groq     | my own                        | own
            source groq     | both of them                  | plain
            source groq     | the second                    | choice 2
            none            | the second one                | plain
            source groq     | which model are you?          | request
            account cloudflare | keep                       | keep
            account cloudflare | the same                   | keep
            account cloudflare | 0123456789abcdef0123456789abcdef | plain
            model groq own  | the default one               | default
            model groq own  | yes                           | wait
            model groq own  | m-1                           | plain
            model groq own - m-2 m-1? | ok                  | yes
            key openai gpt-5.5 | keep                       | keep
            key openai gpt-5.5 | cancel                     | cancel
            key openai gpt-5.5 | back                       | back
            key openai gpt-5.5 | help                       | help
            key openai gpt-5.5 | sk-proj-abcdefghijklmnop1234 | key 1234
            key openai gpt-5.5 | any-8-ch                   | key 8-ch
            key openai gpt-5.5 | sk-proj-abcdefghijklmnop1234 and sk-proj-abcdefghijklmnop5678 | key 1234 5678
            key openai gpt-5.5 | gpt-5.5                    | model name
            key openai gpt-5.5 | no idea                    | plain
            key openai gpt-5.5 | sk-...                     | plain
            key openai gpt-5.5 | what is the weather like in Rome? | remark
            key openai gpt-5.5 | I'll look for it later     | wait
            key openai gpt-5.5 | wie ist das Wetter heute?  | remark
            key openai gpt-5.5 | как погода сегодня?        | remark
            key openai gpt-5.5 | كيف الطقس اليوم؟           | remark
            key openai gpt-5.5 | आज मौसम कैसा है?            | remark
            key openai gpt-5.5 | 今天天气怎么样？              | remark
            key openai gpt-5.5 | 今日は天気がいいですね         | remark
            key openai gpt-5.5 | 오늘 날씨 어때?              | remark
            key openai gpt-5.5 | here it is my key: abcd-1234-efgh-5678-ijkl | key ijkl
            source groq        | what is the weather like in Rome? | plain
            key openai gpt-5.5 | desafortunadamente         | plain
            key openai gpt-5.5 | whateverrrr!               | plain
            key openai gpt-5.5 | change my model            | request
            key openai gpt-5.5 | use openai with pass1234   | plain
            """)
    void aMessageIsClassifiedByItsTextAndTheOpenQuestion(String question, String said, String expected) {
        assertThat(describe(read(question, said))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "provider", "source groq", "account cloudflare", "model groq own"})
    void aMessageFromAPasswordFieldIsNotStoredOutsideTheKeyStep(String question) {
        for (var said : List.of("short-1!", "groq", "default", "use gemini", "hello there")) {
            assertThat(read(question, said, true, null))
                    .as(said)
                    .isEqualTo(new UserInput.PastedKey(List.of(), false, KEPT_NOTHING));
        }
    }

    @Test
    void cancelFromAPasswordFieldIsUnderstoodAsACommand() {
        assertThat(describe(read("provider", "cancel", true, null))).isEqualTo("cancel");
        assertThat(describe(read("key openai gpt-5.5", "cancel", true, null))).isEqualTo("cancel");
    }

    @Test
    void aRequestFromAPasswordFieldAtTheKeyStepIsNotStored() {
        for (var said : List.of("use openai with correct-horse-battery", "switch to gemni", "try gpt-s3cr3tk3y1")) {
            assertThat(read("key openai gpt-5.5", said, true, null).kept())
                    .as(said)
                    .doesNotContain(said);
        }
    }

    @Test
    void aSingleTokenMessageIsNotStoredIfAKeyWasRecentlyRequested() {
        var message = new InputReader.Message("zzNEWCHATKEY-shape-1", false, List.of());
        assertThat(READER.read(message, new InputReader.Context(null, true, null, null)))
                .isEqualTo(new UserInput.PastedKey(List.of(), false, KEPT_NOTHING));
        assertThat(READER.read(message, new InputReader.Context(null, false, null, null)))
                .isInstanceOf(UserInput.PlainMessage.class);
        var two = new InputReader.Message("zzNEWCHATKEY-shape-1 what is it", false, List.of());
        assertThat(READER.read(two, new InputReader.Context(null, true, null, null)))
                .isInstanceOf(UserInput.PlainMessage.class);
    }

    @Test
    void aStoredKeyOfUnknownFormatIsRedactedAtEveryQuestion() {
        for (var question : QUESTIONS) {
            var input = read(
                    question,
                    "what is k9!my*own?key~1a2b good for, and who gave it to me, and when, do you know?",
                    false,
                    OWN);
            assertThat(input.kept()).as(question).doesNotContain("my*own");
        }
    }

    @Test
    void aKeyInPlaceOfTheModelIsUsedAsTheKey() {
        var input = read("none", "switch to mistral, 8JfH2kLmN0pQrStUvWxYz1234567890a");
        assertThat(describe(input)).isEqualTo("request+890a");
        assertThat(input.kept()).isEqualTo("switch to mistral, [API key ending 890a]");
    }

    @ParameterizedTest(name = "{0} | {1}")
    @CsvSource(delimiter = '|', textBlock = """
            provider           | the best one                       | the best one
            provider           | Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5MGFi   | nothing
            source groq        | both                               | both
            source groq        | Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5MGFi   | nothing
            account cloudflare | 0123456789abcdef0123456789abcdef   | 0123456789abcdef0123456789abcdef
            account cloudflare | 0123456789ABCDEF0123456789ABCDEF   | 0123456789ABCDEF0123456789ABCDEF
            account cloudflare | Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5MGFi   | nothing
            model groq own     | llama-3.3-70b-versatile-2026-01-15 | llama-3.3-70b-versatile-2026-01-15
            provider           | mistral Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5MGFi | mistral [API key ending MGFi]
            provider           | hm Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5MGFi | nothing
            source groq        | own, Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5MGFi | own, [API key ending MGFi]
            account cloudflare | it is Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5MGFi | nothing
            account cloudflare | it is 0123456789abcdef0123456789abcdef | it is 0123456789abcdef0123456789abcdef
            model groq own     | llama with Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5MGFi | llama with [API key ending MGFi]
            model groq own     | Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5MGFi   | nothing
            model groq project | Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5MGFi   | nothing
            model groq own     | my_secret_42                       | nothing
            model groq own     | here is sk-proj-abcdefghijklmnop1234 | here is [API key ending 1234]
            key openai gpt-5.5 | I have none                        | nothing
            key openai gpt-5.5 | gpt-5.5                            | nothing
            key openai gpt-5.5 | cancel                             | cancel
            key openai gpt-5.5 | keep it                            | keep it
            key openai gpt-5.5 | change my model                    | change my model
            key openai gpt-5.5 | use openai with pass1234           | nothing
            key openai gpt-5.5 | use openai gpt-5.5-mini            | use openai gpt-5.5-mini
            key openai gpt-5.5 | my key: abcdefgh12345678wxyz       | [API key ending wxyz]
            none               | use openai sk-proj-abcdefghijklmnop1234 | use openai [API key ending 1234]
            """)
    void theStoredTextOfAMessageContainsNoPossibleKey(String question, String said, String kept) {
        assertThat(read(question, said).kept()).isEqualTo(kept.equals("nothing") ? KEPT_NOTHING : kept);
    }

    @Test
    void plainMessagesAreStoredUnchanged() {
        for (var said : List.of("hello", "ﬁne … “quoted” — ｆｕｌｌ", "line\nline", " x ")) {
            assertThat(read("none", said).kept()).isEqualTo(said);
        }
    }

    @Test
    void aRedactedStoredMessageMatchesTheOriginalMessage() {
        for (var said : List.of("my key is " + KEY, "mistral 8JfH2kLmN0pQrStUvWxYz1234567bC3d", "use openai: " + KEY)) {
            for (boolean secret : new boolean[] {false, true}) {
                var message = new InputReader.Message(said, secret, List.of());
                for (var question : QUESTIONS) {
                    var kept = READER.read(message, new InputReader.Context(state(question), false, null, null))
                            .kept();
                    assertThat(READER.mayBeKeptAs(kept, message))
                            .as(question + ": " + said)
                            .isTrue();
                }
                assertThat(READER.mayBeKeptAs("another", message)).isFalse();
            }
        }
    }

    /** Random messages with a key of a known format among other words, at random questions. */
    @Test
    void aKeyOfAKnownFormatIsNeverStoredAtAnyQuestion() {
        var random = new Random(7);
        var keys = List.of(
                KEY,
                "gsk_abcdefghijklmnopqrst1234",
                "sk-ant-api03-abcdefghijklmnop1234",
                "AIzaSyabcdefghijklmnopqrstuvwxyz0123456",
                "xai-abcdefghijklmnopqrst1234");
        var words = List.of(
                "use", "my", "key", "groq", "default", "cancel", ",", "for", "openai", "is", "\n", "“", "gpt-5.5");
        for (int i = 0; i < 5_000; i++) {
            var key = keys.get(random.nextInt(keys.size()));
            var said = new StringBuilder();
            int at = random.nextInt(5);
            for (int word = 0; word < 5; word++) {
                said.append(word == at ? key : words.get(random.nextInt(words.size())))
                        .append(' ');
            }
            var question = QUESTIONS.get(random.nextInt(QUESTIONS.size()));
            assertThat(read(question, said.toString()).kept())
                    .as("%s | %s", question, said)
                    .doesNotContain(key)
                    .doesNotContain(key.substring(key.length() - 10));
        }
    }

    @Test
    void randomUnicodeStringsAreReadWithoutAnException() {
        var random = new Random(11);
        for (int i = 0; i < 10_000; i++) {
            var said = random.ints(random.nextInt(60), 0, 0x2FFF)
                    .filter(Character::isDefined)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            var question = QUESTIONS.get(random.nextInt(QUESTIONS.size()));
            assertThat(read(question, said).kept()).isNotNull();
        }
    }

    @ParameterizedTest
    @CsvSource({"mudar para groq, PT", "mudar para groq, ES"})
    void theExpectedLanguageIsTakenAmongThoseWithTheSameWords(String said, Language expected) {
        var input = READER.read(
                new InputReader.Message(said, false, List.of()), new InputReader.Context(null, false, null, expected));
        assertThat(input)
                .isInstanceOfSatisfying(
                        UserInput.ModelRequest.class,
                        request -> assertThat(request.language()).isEqualTo(expected));
    }
}

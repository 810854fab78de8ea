package io.keyswitch.conversation;

import static io.keyswitch.conversation.FlowFixture.FLOW;
import static io.keyswitch.conversation.FlowFixture.READER;
import static io.keyswitch.conversation.FlowFixture.describe;
import static io.keyswitch.conversation.FlowFixture.holding;
import static io.keyswitch.conversation.FlowFixture.holdingFor;
import static io.keyswitch.conversation.FlowFixture.state;
import static io.keyswitch.conversation.FlowFixture.withKey;
import static io.keyswitch.conversation.FlowFixture.withKeys;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.llm.ListedModel;
import io.keyswitch.modelconfig.EarlierConfig;
import io.keyswitch.modelconfig.KeySource;
import io.keyswitch.modelconfig.ModelConfig;
import io.keyswitch.provider.ModelId;
import io.keyswitch.provider.ProviderId;
import io.keyswitch.secret.ApiKey;
import io.keyswitch.understanding.Intent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The flow as a table: open question, message, expected next step. Needs no server, database or clock. */
class FlowTest {
    private static final String ACCOUNT = "0123456789abcdef0123456789abcdef";
    private static final String OTHER_ACCOUNT = "fedcba9876543210fedcba9876543210";

    /** Facts with a stored key: for OpenAI here, for a Cloudflare account below. */
    private static final Facts OPENAI_KEY = withKey("openai", "gpt-5.5", null, "9z9z");

    private static final Facts CLOUDFLARE_KEY = withKey("cloudflare", "m-1", OTHER_ACCOUNT, "8y8y");

    private static final Facts.Key OPENAI = new Facts.Key(new ProviderId("openai"), null, "9z9z", true);
    private static final Facts.Key ANTHROPIC = new Facts.Key(new ProviderId("anthropic"), null, "7x7x", true);

    /** Keys for OpenAI and Anthropic are stored; Groq is in use with the project key. */
    private static final Facts TWO_KEYS = withKeys(
            new ModelConfig(new ProviderId("groq"), new ModelId("m-1"), KeySource.PROJECT, Instant.EPOCH),
            null,
            OPENAI,
            ANTHROPIC);

    private static final Facts HOLDING = holding(Facts.NONE, "sk-abcdefghijklmnop1234", "openai", "deepseek");
    private static final Facts LISTED = Facts.NONE.with(List.of(
            new ListedModel("llama-3.3-70b-versatile", "Llama 3.3 70B", null),
            new ListedModel("qwen/qwen3-32b", null, null),
            new ListedModel("gpt-5.5-2026-01-15", null, null)));

    private static FlowStep step(String question, String said, Facts facts) {
        var open = state(question);
        var input = READER.read(
                new InputReader.Message(said, false, List.of()), new InputReader.Context(open, false, null, null));
        return FLOW.next(open, input, facts);
    }

    private static String reply(FlowStep step) {
        return switch (step) {
            case FlowStep.Ask(var _, var reply) -> reply;
            case FlowStep.Tell(var reply) -> reply;
            case FlowStep.Leave(var reply) -> reply;
            default -> "";
        };
    }

    @ParameterizedTest(name = "{0} | {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            # no question is open
            none | hello there                          | pass on
            none | cancel                               | pass on
            none | yes                                  | pass on
            none | default                              | pass on
            none | groq                                 | pass on
            none | change my model                      | ask provider
            none | use gemini                           | ask source gemini
            none | use gemini with my own key           | ask model gemini own
            none | use the default groq                 | apply groq openai/gpt-oss-120b project
            none | use groq qwen/qwen3-32b              | ask source groq qwen/qwen3-32b
            none | use groq qwen/qwen3-32b with no key  | apply groq qwen/qwen3-32b project
            none | switch to openai                     | ask model openai own
            none | switch to openai, gpt-5.5            | ask key openai gpt-5.5
            none | switch to cloudflare                 | ask account cloudflare
            none | switch to swarmspaze                      | ask provider swarmspace?
            none | use my own key                       | ask provider own
            none | use llama 3.3 70b                    | apply groq llama-3.3-70b-versatile project
            none | use llama 4 scout                    | apply groq meta-llama/llama-4-scout-17b-16e-instruct project
            none | use qwen 9                           | apply groq qwen-9 project
            none | use the default model                | use default
            none | which model are you?                 | which
            none | forget my key                        | leave
            none | delete all my keys                   | leave
            none | forget my openai key                 | forget openai
            none | switch to openai, gpt-5.5: sk-proj-abcdefghijklmnop1234 | apply openai gpt-5.5 given:1234
            none | switch to openai: sk-proj-abcdefghijklmnop1234 | hold 1234 for openai ask model openai own
            none | sk-proj-abcdefghijklmnop1234         | hold 1234 ask use openai?
            none | /model "sk-proj-abcdefghijklmnop1234" | hold 1234 ask use openai?

            # which provider?
            provider | groq                             | ask source groq
            provider | Groq, please!                    | ask source groq
            provider | claude                           | ask model anthropic own
            provider | cf                               | ask account cloudflare
            provider | groq with my own key             | ask model groq own
            provider | the default groq                 | apply groq openai/gpt-oss-120b project
            provider | openai gpt-5.5                   | ask key openai gpt-5.5
            provider | swarmspaze                            | ask provider swarmspace?
            provider | the best one of all              | ask source groq
            provider | whatever                         | ask source groq
            provider | yes                              | ask provider
            provider | keep                             | leave
            provider | default                          | ask provider
            provider | own                              | ask provider
            provider own | groq                         | ask model groq own
            provider own | openai                       | ask model openai own
            provider own | use the default groq         | apply groq openai/gpt-oss-120b project
            provider own | zorbel                       | ask provider own
            provider groq? own | yes                    | ask model groq own
            provider groq? own | no                     | ask provider own
            provider | back                             | ask provider
            provider | help                             | ask provider
            provider | ?                                | ask provider
            provider | cancel                           | leave
            provider | never mind                       | leave
            provider | use the default model            | use default
            provider | which model am I using?          | which
            provider | sk-proj-abcdefghijklmnop1234     | hold 1234 ask use openai? within provider
            provider | madeup-key-12345678              | ask provider
            provider gemini? | yes                      | ask source gemini
            provider gemini? | no                       | ask provider
            provider gemini? | openai                   | ask model openai own
            provider gemini? | swarmspaze                    | ask provider swarmspace?

            # the default key or the own?
            source groq | default                       | ask model groq project
            source groq | the default one, please       | ask model groq project
            source groq | 1                             | ask model groq project
            source groq | own                           | ask model groq own
            source groq | I'll bring my own             | ask model groq own
            source groq | my key                        | ask model groq own
            source groq | the second                    | ask model groq own
            source groq | own or default                | ask source groq
            source groq | what is cheaper for me?       | ask source groq
            source groq | help                          | ask source groq
            source groq | back                          | ask provider
            source groq | cancel                        | leave
            source groq | use gemini                    | ask source gemini
            source groq m-1 | default                   | apply groq m-1 project
            source groq m-1 | own                       | ask key groq m-1

            # which account?
            account cloudflare | https://dash.cloudflare.com/b812d6d83bf817741ed1557f32afa431/workers | ask model cloudflare own b812d6d83bf817741ed1557f32afa431
            account cloudflare | 0123456789abcdef0123456789abcdef     | ask model cloudflare own 0123456789abcdef0123456789abcdef
            account cloudflare | 0123456789ABCDEF0123456789ABCDEF     | ask model cloudflare own 0123456789abcdef0123456789abcdef
            account cloudflare | "0123456789abcdef0123456789abcdef".  | ask model cloudflare own 0123456789abcdef0123456789abcdef
            account cloudflare m-1 | 0123456789abcdef0123456789abcdef | ask key cloudflare m-1 0123456789abcdef0123456789abcdef
            account cloudflare | 1234                   | ask account cloudflare
            account cloudflare | where is it?           | ask account cloudflare
            account cloudflare | keep                   | ask account cloudflare
            account cloudflare | help                   | ask account cloudflare
            account cloudflare | back                   | ask provider
            account cloudflare | cancel                 | leave
            account cloudflare | use groq               | ask source groq

            # which model?
            model groq project | default                | apply groq openai/gpt-oss-120b project
            model groq project | the default model      | apply groq openai/gpt-oss-120b project
            model groq project | qwen/qwen3-32b         | apply groq qwen/qwen3-32b project
            model groq project | Let's take m-1, please | apply groq m-1 project
            model groq own     | default                | ask key groq openai/gpt-oss-120b
            model groq own     | "m-1"                  | ask key groq m-1
            model groq own     | fastest                | ask model groq own - fastest
            model groq own - fastest | fastest          | ask key groq fastest
            model groq own - m-2 m-1? | yes             | ask key groq m-1
            model groq own - m-2 m-1? | m-2             | ask key groq m-2
            model groq own - m-2 m-1? | m-3             | ask key groq m-3
            model groq own - m-2 m-1? | no              | ask model groq own
            model groq own     | yes                    | ask model groq own
            model groq own     | any                    | ask key groq openai/gpt-oss-120b
            model groq own     | which of them is good  | ask model groq own
            model groq own     | /etc/passwd            | ask model groq own
            model groq own     | a                      | ask model groq own
            model groq own     | Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5MGFi | hold MGFi for groq ask model groq own
            model groq project | Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5MGFi | ask model groq project
            provider           | mistral 8JfH2kLmN0pQrStUvWxYz1234567bC3d | hold bC3d for mistral ask model mistral own
            model mistral own  | large 8JfH2kLmN0pQrStUvWxYz1234567bC3d | hold bC3d for mistral ask model mistral own
            none               | update my groq key: sk-ant-abcdefghijklmnop1234 | hold 1234 ask use anthropic? within key groq
            none               | use groq llama-3.3-70b-versatile sk-ant-abcdefghijklmnop1234 | hold 1234 ask use anthropic? within key groq llama-3.3-70b-versatile
            model groq own     | sk-proj-abcdefghijklmnop1234 | hold 1234 ask use openai? within model groq own
            model groq own     | my_secret_42           | ask model groq own
            model groq own     | help                   | ask model groq own
            model groq own     | back                   | ask source groq
            model openai own   | back                   | ask provider
            model cloudflare own 0123456789abcdef0123456789abcdef | back | ask account cloudflare
            model groq own     | change my model to gemini | ask source gemini
            model groq own     | cancel                 | leave

            # the key?
            key openai gpt-5.5 | sk-proj-abcdefghijklmnop1234  | apply openai gpt-5.5 given:1234
            key openai gpt-5.5 | my key is sk-proj-abcdefghijklmnop1234, thanks | apply openai gpt-5.5 given:1234
            key openai gpt-5.5 | any-8-ch                      | apply openai gpt-5.5 given:8-ch
            key openai gpt-5.5 | "any-8-ch"                    | apply openai gpt-5.5 given:8-ch
            key openai gpt-5.5 | here: abcdefgh12345678wxyz ok | apply openai gpt-5.5 given:wxyz
            key openai gpt-5.5 | sk-proj-abcdefghijklmnop1234 sk-proj-abcdefghijklmnop5678 | ask key openai gpt-5.5
            key openai gpt-5.5 | I do not have one             | ask key openai gpt-5.5
            key openai gpt-5.5 | short                         | ask key openai gpt-5.5
            key openai gpt-5.5 | keep                          | ask key openai gpt-5.5
            key openai gpt-5.5 | gpt-5.5                       | ask key openai gpt-5.5
            key openai gpt-5.5 | claude-sonnet-5-5             | ask key openai gpt-5.5
            key openai gpt-5.5 | llama-3.3-70b-versatile       | ask key openai gpt-5.5
            key openai gpt-5.5 | help                          | ask key openai gpt-5.5
            key openai gpt-5.5 | back                          | ask model openai own
            key openai gpt-5.5 | cancel                        | leave
            key openai gpt-5.5 | change my model               | ask provider
            key openai gpt-5.5 | use gemini                    | ask source gemini
            key openai gpt-5.5 | use groq llama-3.3-70b        | ask source groq llama-3.3-70b
            key openai gpt-5.5 | use openai with pass1234      | ask key openai gpt-5.5
            key openai gpt-5.5 | which model am I using?       | which
            key openai gpt-5.5 | use the default model         | use default
            key cloudflare m-1 0123456789abcdef0123456789abcdef | the-key-1a2b | apply cloudflare m-1 0123456789abcdef0123456789abcdef given:1a2b
            """)
    void theNextStepFollowsFromQuestionAndMessage(String question, String said, String expected) {
        assertThat(describe(step(question, said, Facts.NONE))).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} | {1}")
    @CsvSource(delimiter = '|', textBlock = """
            none                  | switch to openai, gpt-5.5 | apply openai gpt-5.5 stored
            model openai own      | gpt-5.5              | apply openai gpt-5.5 stored
            none                  | use the model gpt-5.4-mini | apply openai gpt-5.4-mini stored
            none                  | use openai gpt-5.4   | apply openai gpt-5.4 stored
            none                  | use groq qwen/qwen3-32b | ask source groq qwen/qwen3-32b
            none                  | update my api key    | ask key openai gpt-5.5
            none                  | I have a new openai key | ask key openai gpt-5.5
            none                  | update my groq key   | ask key groq
            none                  | update my cloudflare key | ask account cloudflare
            none                  | switch to claude, claude-sonnet-4-5 | ask key anthropic claude-sonnet-4-5
            key openai gpt-5.5    | keep                 | apply openai gpt-5.5 stored
            key openai gpt-5.5    | use my stored key    | apply openai gpt-5.5 stored
            key anthropic claude-sonnet-4-5 | keep       | ask key anthropic claude-sonnet-4-5
            """)
    void aStoredKeyIsReusedOnlyForItsProvider(String question, String said, String expected) {
        assertThat(describe(step(question, said, OPENAI_KEY))).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} | {1}")
    @CsvSource(delimiter = '|', textBlock = """
            none               | switch to openai, gpt-5.5           | apply openai gpt-5.5 stored
            none               | switch to claude, claude-sonnet-4-5 | apply anthropic claude-sonnet-4-5 stored
            none               | switch to openai                    | ask model openai own
            none               | switch to openai, gpt-5.5: sk-proj-abcdefghijklmnop1234 | apply openai gpt-5.5 given:1234
            none               | update my openai key                | ask key openai
            none               | I have a new openai key: sk-proj-abcdefghijklmnop1234 | save key openai 1234
            key openai         | sk-proj-abcdefghijklmnop1234        | save key openai 1234
            key openai         | keep                                | leave
            key openai         | back                                | ask key openai
            key openai         | cancel                              | leave
            none               | update my gemini key                | ask key gemini
            none               | forget my openai key                | forget openai
            none               | forget my key                       | leave
            """)
    void everyProviderHasAKeyOfItsOwn(String question, String said, String expected) {
        assertThat(describe(step(question, said, TWO_KEYS))).isEqualTo(expected);
    }

    @Test
    void theModelsOfTheProviderInUseOrInQuestionAreListed() {
        var groqInUse = TWO_KEYS.with(LISTED.models());
        assertThat(reply(step("none", "which models can I use?", groqInUse)))
                .startsWith("Groq offers these models.")
                .contains("- `llama-3.3-70b-versatile`")
                .contains("You can choose one of these");
        var asked = step("model openai own", "which models are there?", LISTED);
        assertThat(describe(asked)).isEqualTo("ask model openai own");
        assertThat(reply(asked))
                .startsWith("OpenAI offers these models.")
                .doesNotContain("You can choose one of these");
        assertThat(reply(step("provider", "which models are there?", groqInUse)))
                .startsWith("You can choose one of these");
        assertThat(reply(step("none", "which models can I use?", Facts.NONE)))
                .startsWith("I can't list the models of Groq without an API key.");
    }

    @Test
    void theKeyToForgetIsTheOneInUseOrTheOnlyOne() {
        assertThat(describe(step("none", "forget my key", OPENAI_KEY))).isEqualTo("forget openai");
        assertThat(describe(step("none", "forget my key", withKeys(null, null, ANTHROPIC))))
                .isEqualTo("forget anthropic");
        assertThat(reply(step("none", "forget my key", TWO_KEYS))).contains("openai, anthropic");
        for (var all : List.of(
                "remove all my keys",
                "lösch alle meine schlüssel",
                "borra todas mis claves",
                "すべてのキーを削除して",
                "удали все мои ключи")) {
            assertThat(describe(step("none", all, TWO_KEYS))).as(all).isEqualTo("forget openai anthropic");
        }
    }

    static Stream<Arguments> earlierConfigs() {
        return Stream.of(
                Arguments.of(null, "ask provider"),
                Arguments.of(new EarlierConfig.None(), "take back to none"),
                Arguments.of(earlier("groq", KeySource.PROJECT), "take back groq m-1 project"),
                Arguments.of(earlier("openai", KeySource.OWN), "take back openai m-1 stored"),
                Arguments.of(earlier("gemini", KeySource.OWN), "ask key gemini m-1"),
                Arguments.of(earlier("openai", KeySource.PROJECT), "take back openai m-1 project"),
                Arguments.of(earlier("gone", KeySource.OWN), "ask provider"));
    }

    private static EarlierConfig earlier(String provider, KeySource source) {
        return new EarlierConfig.Choice(new ProviderId(provider), new ModelId("m-1"), source);
    }

    @ParameterizedTest
    @MethodSource("earlierConfigs")
    void undoGoesBackToTheChoiceBefore(@Nullable EarlierConfig earlier, String expected) {
        var facts = withKeys(TWO_KEYS.inForce(), earlier, OPENAI, ANTHROPIC);
        assertThat(describe(step("none", "go back to my previous model", facts)))
                .isEqualTo(expected);
    }

    @Test
    void aStoredKeyIsOfferedWithItsLastFourCharacters() {
        assertThat(reply(step("none", "update my key", OPENAI_KEY))).contains("**keep**", "`9z9z`");
        assertThat(reply(step("none", "switch to claude, claude-sonnet-4-5", OPENAI_KEY)))
                .doesNotContain("9z9z");
    }

    @Test
    void aMissingProjectKeyIsMentionedUnlessTheUserHasAStoredKey() {
        assertThat(reply(step("provider", "openai", Facts.NONE))).startsWith("OpenAI has no default key here");
        assertThat(reply(step("provider", "openai", OPENAI_KEY))).startsWith("Which model?");
    }

    @Test
    void aStoredKeyIsReusedOnlyWithItsStoredAccount() {
        assertThat(describe(step("account cloudflare", "keep", CLOUDFLARE_KEY)))
                .isEqualTo("ask model cloudflare own " + OTHER_ACCOUNT);
        assertThat(describe(step("none", "switch to cloudflare", CLOUDFLARE_KEY)))
                .isEqualTo("ask model cloudflare own " + OTHER_ACCOUNT);
        assertThat(describe(step("key cloudflare m-1 " + OTHER_ACCOUNT, "keep", CLOUDFLARE_KEY)))
                .isEqualTo("apply cloudflare m-1 " + OTHER_ACCOUNT + " stored");
        assertThat(describe(step("key cloudflare m-1 " + ACCOUNT, "keep", CLOUDFLARE_KEY)))
                .isEqualTo("ask key cloudflare m-1 " + ACCOUNT);
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', textBlock = """
            model groq project | llama-3.3-70b-versatile | apply groq llama-3.3-70b-versatile project
            model groq project | Llama 3.3 70B           | apply groq llama-3.3-70b-versatile project
            model groq project | LLAMA-3.3-70b-VERSATILE | apply groq llama-3.3-70b-versatile project
            model groq project | gpt-5.5                 | apply groq gpt-5.5 project
            model groq project | llama-3.3-70b-versatle  | ask model groq project - llama-3.3-70b-versatle llama-3.3-70b-versatile?
            model groq project | qwen3-32b               | ask model groq project - qwen3-32b qwen/qwen3-32b?
            model groq project | something-else-7b       | ask model groq project - something-else-7b
            model groq project - something-else-7b | something-else-7b | apply groq something-else-7b project
            model groq project - qwen3-32b qwen/qwen3-32b? | yes | apply groq qwen/qwen3-32b project
            """)
    void aModelIsMatchedAgainstTheProvidersModelList(String question, String said, String expected) {
        assertThat(describe(step(question, said, LISTED))).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} | {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            # words that several models have in their ids: which one?
            model openai project | mini                     | ask model openai project - mini
            model openai project | gpt                      | ask model openai project - gpt
            model openai project | the gpt 5.4              | apply openai gpt-5.4 project
            # one model has them all, or adds nothing to them
            model openai project | 5.4                      | apply openai gpt-5.4 project
            model openai project | 5.5                      | apply openai gpt-5.5 project
            model openai project | gpt 4 turbo              | apply openai gpt-4-turbo project
            # half a version is no other version
            model openai project | the gpt 5 mini           | ask model openai project - gpt-5-mini gpt-5.4-mini?
            model openai project | gpt 5                    | ask model openai project - gpt-5 gpt-5.4?
            # the question after that
            model openai project - mini | the second one    | apply openai gpt-5.4-mini project
            model openai project - mini | gpt-5.4-mini      | apply openai gpt-5.4-mini project
            model openai project - mini | turbo             | ask model openai project - turbo gpt-4-turbo?
            # a number or a phrase that no model has is no model id, however often it is said
            model openai project | 7.7                      | ask model openai project
            model openai project - 7.7 | 7.7                | ask model openai project
            model openai project | 列出模型                  | ask model openai project
            model openai project | quelque chose            | ask model openai project
            # a word for leaving is no model id, however often it is said
            model openai project | dejarlo                  | leave
            model openai project | anular                   | leave
            """)
    void wordsOfModelIdsAreMatchedAgainstTheProvidersModelList(String question, String said, String expected) {
        var facts = Facts.NONE.with(Stream.of("gpt-5.4", "gpt-5.4-mini", "gpt-5.5", "gpt-4-turbo", "o4-mini")
                .map(id -> new ListedModel(id, null, null))
                .toList());
        assertThat(describe(step(question, said, facts))).isEqualTo(expected);
    }

    /** What is said of a model before the question for it answers that. */
    @ParameterizedTest(name = "{0} | {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            none                          | use groq, llama               | ask source groq 'llama'
            none                          | use the gemini flash          | ask source gemini gemini-3.8-flash
            none                          | use a llama 3 on cloudflare   | ask account cloudflare 'llama 3'
            source groq 'gpt 5.5'         | default                       | apply groq gpt-5.5 project
            source groq 'gpt 5.5'         | my own                        | ask key groq gpt-5.5
            source groq 'gpt 5.5'         | the second                    | ask key groq gpt-5.5
            source groq 'gpt 5.5'         | hmm                           | ask source groq 'gpt 5.5'
            source groq 'gpt 5.5'         | what does it cost?            | ask source groq 'gpt 5.5'
            source groq 'gpt 5.5'         | cancel                        | leave
            source groq 'gpt 5.5'         | gsk_abcdefghijklmnop1234      | apply groq gpt-5.5 given:1234
            source groq 'mini'            | default                       | ask model groq project - mini
            source groq 'gpt 5'           | default                       | ask model groq project - gpt 5
            source groq 'sonnet'          | default                       | ask model groq project
            source groq 'gpt 5.5'         | use openai                    | ask model openai own
            account cloudflare 'gpt 5.5'  | 0123456789abcdef0123456789abcdef | ask key cloudflare gpt-5.5 0123456789abcdef0123456789abcdef
            account cloudflare 'gpt 5.5'  | no idea                       | ask account cloudflare 'gpt 5.5'
            account cloudflare 'gpt 5.5'  | cfut_abcdefghijklmnopqrstuvwxyz0123456789 | hold 6789 for cloudflare ask account cloudflare 'gpt 5.5'
            """)
    void wordsForAModelAreKeptUntilTheQuestionForIt(String question, String said, String expected) {
        var listed = Stream.of("gpt-5.4", "gpt-5.4-mini", "gpt-5.5", "o4-mini")
                .map(id -> new ListedModel(id, null, null))
                .toList();
        var facts = question.equals("none") ? Facts.NONE : Facts.NONE.with(listed);
        assertThat(describe(step(question, said, facts))).isEqualTo(expected);
    }

    /** A key sent with a request goes to the provider that issued it, unless another is named. */
    @ParameterizedTest(name = "{0} in use: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            ollama   | switch to llama with gsk_abcdefghijklmnop1234         | hold 1234 for groq ask model groq own - llama
            ollama   | switch to llama 3.3 70b with gsk_abcdefghijklmnop1234 | apply groq llama-3.3-70b given:1234
            together | switch to gpt-oss-120b gsk_abcdefghijklmnop1234       | apply groq gpt-oss-120b given:1234
            """)
    void aKeyWithARequestGoesToItsIssuer(String inUse, String said, String expected) {
        var facts = FlowFixture.withKey(inUse, "a-model", null, "1a2b");
        assertThat(describe(step("none", said, facts))).isEqualTo(expected);
    }

    @Test
    void aYesToSeveralModelsIsNoModel() {
        assertThat(describe(step("model openai project - 5.5", "yes", Facts.NONE)))
                .startsWith("ask model openai project");
    }

    @Test
    void aVersionIsMeantOfTheFamilyInUse() {
        var listed = Stream.of("claude-opus-5-5", "claude-sonnet-5-5", "claude-haiku-5-5", "claude-opus-4-5")
                .map(id -> new ListedModel(id, null, null))
                .toList();
        var facts = FlowFixture.withKey("anthropic", "claude-opus-4-5", null, "1a2b")
                .with(listed);
        var request = new Intent.Change(FlowFixture.provider("anthropic"), null, "5.5", null, false);
        var said = new UserInput.ModelRequest(request, null, null, "kept");
        assertThat(describe(FLOW.next(null, said, facts))).isEqualTo("apply anthropic claude-opus-5-5 stored");
    }

    @ParameterizedTest(name = "{0} | {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            # nobody asked for one: offered to the providers with keys of its format
            none            | gsk_abcdefghijklmnop1234             | hold 1234 ask use groq?
            none            | my key: AIzaSyabcdefghijklmnopqrstuvwxyz0123456 | hold 3456 ask use gemini?
            none            | AQ.Ab8abcdefghijklmnopqrst1234       | hold 1234 ask use gemini?
            none            | sk-ant-api03-abcdefghijklmnop1234    | hold 1234 ask use anthropic?
            none            | sk-or-v1-abcdefghijklmnop1234        | hold 1234 ask use openrouter?
            none            | sk-abcdefghijklmnop1234              | hold 1234 ask use
            none            | ghp_abcdefghijklmnopqrstuvwxyz012345 | tell
            none            | use my key gsk_abcdefghijklmnop1234  | hold 1234 for groq ask model groq own
            use groq?       | sk-ant-api03-abcdefghijklmnop1234    | hold 1234 ask use anthropic?

            # before the question for it: held, and the question comes again or is answered by it
            source groq     | gsk_abcdefghijklmnop1234             | hold 1234 for groq ask model groq own
            source groq m-1 | gsk_abcdefghijklmnop1234             | apply groq m-1 given:1234
            model groq own  | gsk_abcdefghijklmnop1234             | hold 1234 for groq ask model groq own
            model groq project | gsk_abcdefghijklmnop1234          | hold 1234 for groq ask model groq own
            model cloudflare own 0123456789abcdef0123456789abcdef | cfut_abcdefghijklmnopqrstuvwxyz0123456789 | hold 6789 for cloudflare ask model cloudflare own 0123456789abcdef0123456789abcdef
            account cloudflare | cfut_abcdefghijklmnopqrstuvwxyz0123456789 | hold 6789 for cloudflare ask account cloudflare
            model mistral own  | api key: 8JfH2kLmN0pQrStUvWxYz1234567bC3d | hold bC3d for mistral ask model mistral own

            # a key of another provider is offered for that one
            model openai own   | gsk_abcdefghijklmnop1234          | hold 1234 ask use groq? within model openai own
            source groq        | sk-proj-abcdefghijklmnop1234      | hold 1234 ask use openai? within source groq
            account cloudflare | sk-proj-abcdefghijklmnop1234      | hold 1234 ask use openai? within account cloudflare
            provider           | ghp_abcdefghijklmnopqrstuvwxyz012345 | ask provider
            """)
    void aKeyThatWasNotAskedForIsHeldForTheProviderItIsFor(String question, String said, String expected) {
        assertThat(describe(step(question, said, Facts.NONE))).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} | {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            use groq?      | yes                          | hold 1234 for groq ask model groq own
            use groq?      | sure, please                 | hold 1234 for groq ask model groq own
            use groq?      | groq                         | hold 1234 for groq ask model groq own
            use groq?      | groq, llama-3.1-8b-instant   | apply groq llama-3.1-8b-instant given:1234
            use groq?      | no                           | leave
            use groq?      | cancel                       | leave
            use groq?      | help                         | ask use groq?
            use groq?      | back                         | ask use groq?
            use groq?      | openai                       | ask model openai own
            use groq?      | what is the weather in Rome? | pass on and end
            use groq?      | which model am I using?      | which
            use groq?      | yes, use it                  | hold 1234 for groq ask model groq own
            use groq?      | no, delete it                | leave
            use groq?      | no, delete the key           | leave
            use groq?      | the last one                 | leave
            use groq?      | use groq with the default key | apply groq openai/gpt-oss-120b project
            # the question that it has interrupted comes again, or is answered by it
            use groq? within key openai gpt-5.5 | no      | let go ask key openai gpt-5.5
            use groq? within key openai gpt-5.5 | no, delete the key | let go ask key openai gpt-5.5
            use groq? within key openai gpt-5.5 | back    | let go ask key openai gpt-5.5
            use groq? within account cloudflare | no      | let go ask account cloudflare
            use groq? within key openai gpt-5.5 | cancel  | leave
            use groq? within key openai gpt-5.5 | no, use my openai key | let go ask key openai gpt-5.5
            key openai gpt-5.5                  | use my openai key | ask key openai gpt-5.5
            model groq project                  | use llama 3.3 70b | apply groq llama-3.3-70b-versatile project
            use groq? within key openai gpt-5.5 | what is the weather in Rome? | ask use groq? within key openai gpt-5.5
            use groq? within key openai gpt-5.5 | sk-proj-abcdefghijklmnop5678 | apply openai gpt-5.5 given:5678
            use groq? within key openai gpt-5.5 | sk-ant-abcdefghijklmnop5678 | hold 5678 ask use anthropic? within key openai gpt-5.5
            use groq? within key openai gpt-5.5 | yes     | hold 1234 for groq ask model groq own
            # another service's secret, or what may be a short key, goes nowhere
            use groq? within key openai gpt-5.5 | no, delete it. ghp_abcdefghijklmnopqrstuvwxyz012345 leaked too | ask use groq? within key openai gpt-5.5
            use groq? within key xai grok-4 | 9f8e7d6c5b4a39281706 | ask use groq? within key xai grok-4
            # another model than the one in use
            use groq?      | use groq, llama 3.3 70b      | apply groq llama-3.3-70b-versatile given:1234
            # it is used for nothing else until its user has said so
            model groq own | llama-3.1-8b-instant         | ask key groq llama-3.1-8b-instant
            none           | use groq qwen/qwen3-32b with my own key | ask key groq qwen/qwen3-32b
            none           | use openai gpt-5.5           | ask key openai gpt-5.5
            none           | /key groq                    | hold 1234 for groq ask model groq own
            none           | update my groq key: gsk_zyxwvutsrqponmlk5678 | save key groq 5678
            """)
    void aPastedKeyIsUsedOnlyAfterItsUserHasSaidFor(String question, String said, String expected) {
        var facts = holding(Facts.NONE, "gsk_abcdefghijklmnop1234", "groq");
        assertThat(describe(step(question, said, facts))).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} | {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            model groq own | llama-3.1-8b-instant         | apply groq llama-3.1-8b-instant given:1234
            model groq own | default                      | apply groq openai/gpt-oss-120b given:1234
            source groq    | own                          | ask model groq own
            none           | use groq qwen/qwen3-32b with my own key | apply groq qwen/qwen3-32b given:1234
            none           | use openai gpt-5.5           | ask key openai gpt-5.5
            """)
    void aKeyThatWasPastedForAProviderIsUsedForThatAlone(String question, String said, String expected) {
        var facts = holdingFor(Facts.NONE, "groq", "gsk_abcdefghijklmnop1234");
        assertThat(describe(step(question, said, facts))).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} | {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            none           | /key deepseek                | hold 1234 for deepseek ask model deepseek own
            use            | deepseek                     | hold 1234 for deepseek ask model deepseek own
            use            | the second                   | hold 1234 for deepseek ask model deepseek own
            use            | yes                          | ask use
            use            | no                           | leave
            none           | switch to deepseek           | ask model deepseek own
            none           | switch to openai, gpt-5.5    | ask key openai gpt-5.5
            """)
    void aKeyOfSeveralProvidersIsUsedForTheOneThatItsUserNames(String question, String said, String expected) {
        var facts = holding(Facts.NONE, "sk-abcdefghijklmnop1234", "openai", "deepseek");
        assertThat(describe(step(question, said, facts))).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} | {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            model groq own   | llama                 | ask model groq own - llama
            model groq own - llama | llama           | ask model groq own - llama
            model groq own - llama | yes             | ask model groq own
            model groq own - zzz-9 | yes             | ask key groq zzz-9
            model groq own - llama | the second one  | ask key groq llama-3.3-70b-versatile
            model groq own   | scout                 | ask model groq own - scout meta-llama/llama-4-scout-17b-16e-instruct?
            model groq own   | llama 4 scout         | ask key groq meta-llama/llama-4-scout-17b-16e-instruct
            """)
    void withoutAListTheModelsOfTheRegistryAreMatched(String question, String said, String expected) {
        assertThat(describe(step(question, said, Facts.NONE))).isEqualTo(expected);
    }

    @Test
    void theAppsKeyInsteadOfTheOwnKeepsTheModelIfThereIsAKeyForIt() {
        var ownGroq = withKey("groq", "m-1", null, "9z9z");
        assertThat(describe(step("none", "use the app's key instead of mine", ownGroq)))
                .isEqualTo("apply groq m-1 project");
        assertThat(describe(step("none", "use the app's key instead of mine", OPENAI_KEY)))
                .isEqualTo("use default");
        assertThat(describe(step("none", "use the app's key instead of mine", Facts.NONE)))
                .isEqualTo("use default");
    }

    @Test
    void aHeldKeyForTheProviderInUseReplacesTheStoredKeyAndKeepsTheModel() {
        var facts = holding(OPENAI_KEY, "sk-proj-abcdefghijklmnop9999", "openai");
        assertThat(describe(step("use openai?", "yes", facts))).isEqualTo("save key openai 9999");
    }

    @Test
    void aKeyThatNobodyConfirmedReplacesNoStoredOne() {
        var facts = holding(OPENAI_KEY, "sk-proj-abcdefghijklmnop1234", "openai");
        assertThat(describe(step("none", "use gpt-5.4", facts))).isEqualTo("apply openai gpt-5.4 stored");
        assertThat(describe(step("none", "update my openai key: sk-proj-zyxwvutsrqponmlk5678", facts)))
                .isEqualTo("apply openai gpt-5.5 given:5678");
    }

    @Test
    void aYesAfterTheHeldKeyWasDeletedSaysSo() {
        var step = step("use groq?", "yes", Facts.NONE);
        assertThat(describe(step)).isEqualTo("leave");
        assertThat(reply(step)).contains("kept for ten minutes only");
    }

    @Test
    void textThatMayContainASecretIsNotQuotedInTheReply() {
        assertThat(reply(step("provider", "zorbelin ai", Facts.NONE))).contains("“zorbelin ai”");
        assertThat(reply(step("provider", "Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5MGFi", Facts.NONE)))
                .startsWith("I did not find a provider in that.")
                .doesNotContain("Zm9v");
        assertThat(reply(step("provider", "please \"8JfH2kLmN0pQrStUvWxYz1234567bC3d\"", Facts.NONE)))
                .doesNotContain("8JfH");
    }

    @Test
    void aSuspectedSecretLeavesTheQuestionOpen() {
        var suspected = new UserInput.PastedKey(List.of(), false, "kept");
        for (var question : List.of("none", "provider", "source groq", "account cloudflare", "model groq own")) {
            assertThat(describe(FLOW.next(state(question), suspected, Facts.NONE)))
                    .as(question)
                    .isEqualTo(question.equals("none") ? "tell" : "ask " + question);
        }
    }

    @Test
    void anUnlistedAndAnImplausibleModelIdGetDifferentReplies() {
        assertThat(reply(step("model groq own", "m-9", LISTED))).contains("does not list a model");
        assertThat(reply(step("model groq own", "fastest", Facts.NONE))).contains("does not look like a model ID");
    }

    /** Every question with every kind of input, including inputs that the reader never returns for that question. */
    static Stream<Arguments> everyQuestionAndInput() {
        var questions = new ArrayList<@Nullable String>(List.of(
                "none",
                "provider",
                "provider groq?",
                "use",
                "use openai?",
                "source groq",
                "source groq m-1",
                "source groq 'mini'",
                "account cloudflare 'mini'",
                "account cloudflare",
                "account cloudflare m-1",
                "model groq own",
                "model groq project",
                "model groq own - m-2 m-1?",
                "key openai gpt-5.5",
                "key openai",
                "key cloudflare m-1 " + ACCOUNT));
        var inputs = new ArrayList<UserInput>();
        for (var word : UserInput.Word.values()) {
            inputs.add(new UserInput.Command(word, "kept"));
        }
        inputs.add(new UserInput.ModelName("kept"));
        inputs.add(new UserInput.Remark("kept"));
        inputs.add(new UserInput.Mention(FlowFixture.provider("openai"), "kept"));
        inputs.add(new UserInput.PastedKey(List.of(), true, "kept"));
        inputs.add(new UserInput.PastedKey(List.of(), false, "kept"));
        inputs.add(new UserInput.PastedKey(List.of(ApiKey.of("sk-abcdefghijklmnop1234")), true, "kept"));
        inputs.add(new UserInput.PlainMessage(false, null, null, "kept"));
        inputs.add(new UserInput.FreeAnswer("kept", true, false, null, "kept"));
        inputs.add(new UserInput.FreeAnswer("x".repeat(100_000), false, false, null, "kept"));
        inputs.add(new UserInput.ModelRequest(new Intent.Change(null, null, null, false), null, null, "kept"));
        for (var provider : Stream.of(null, FlowFixture.provider("openai")).toList()) {
            inputs.add(new UserInput.ModelRequest(new Intent.ForgetKey(provider, false), null, null, "kept"));
            inputs.add(new UserInput.ModelRequest(new Intent.UpdateKey(provider), null, null, "kept"));
            inputs.add(new UserInput.ModelRequest(new Intent.Offers(provider), null, null, "kept"));
            inputs.add(new UserInput.ModelRequest(new Intent.Help(provider), null, null, "kept"));
        }
        inputs.add(new UserInput.ModelRequest(new Intent.Undo(), null, null, "kept"));
        for (int place : new int[] {1, 2, 99, -1}) {
            inputs.add(new UserInput.Choice(place, "kept"));
        }
        return questions.stream().flatMap(question -> inputs.stream().map(input -> Arguments.of(question, input)));
    }

    @ParameterizedTest
    @MethodSource("everyQuestionAndInput")
    void noInputThrowsOrReachesTheModelWhileAQuestionIsOpen(String question, UserInput input) {
        var open = state(question);
        for (var facts : List.of(Facts.NONE, OPENAI_KEY, CLOUDFLARE_KEY, TWO_KEYS, LISTED, HOLDING)) {
            var step = FLOW.next(open, input, facts);
            boolean passed = step instanceof FlowStep.PassOn || step instanceof FlowStep.PassOnAndEnd;
            boolean ignored = input instanceof UserInput.PlainMessage
                    || (question.startsWith("use") && input instanceof UserInput.FreeAnswer);
            assertThat(passed).isEqualTo((open == null && isForTheModel(input)) || ignored);
            if (step instanceof FlowStep.Ask(var _, var reply)) {
                assertThat(reply).isNotBlank();
            }
        }
    }

    private static boolean isForTheModel(UserInput input) {
        return switch (input) {
            case UserInput.Command _,
                    UserInput.PlainMessage _,
                    UserInput.FreeAnswer _,
                    UserInput.ModelName _,
                    UserInput.Remark _,
                    UserInput.Mention _,
                    UserInput.Choice _ -> true;
            case UserInput.ModelRequest _, UserInput.PastedKey _ -> false;
        };
    }
}

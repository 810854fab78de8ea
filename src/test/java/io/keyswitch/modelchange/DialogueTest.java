package io.keyswitch.modelchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.testing.TestApp;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The model-change flow as a user meets it: over HTTP, with the simulator as every provider. */
class DialogueTest {
    private static final String ACCOUNT = "0123456789abcdef0123456789abcdef";

    private final TestApp app = TestApp.start();

    @AfterEach
    void close() {
        app.close();
    }

    private String say(String message) {
        return app.chat("alice", "t", message);
    }

    private JsonNode config() {
        return app.call("getUserModelConfig", Map.of(), "alice");
    }

    private List<String> stored() {
        return app.call("getThread", Map.of("threadId", "t"), "alice")
                .path("messages")
                .valueStream()
                .map(message -> message.path("content").stringValue())
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"groq, Groq, llama-3.3-70b-versatile", "gemini, Google (Gemini), gemini-3-flash-preview"})
    void theReferenceDialogueWithTheDefaultKey(String provider, String displayName, String model) {
        assertThat(say("I want to change my model")).startsWith("Which provider");
        assertThat(say(provider)).contains("**default**").contains("**own**");
        assertThat(say("default")).startsWith("Which model?");
        assertThat(say(model))
                .isEqualTo("Done. Your chat is now using **%s** with model `%s`.".formatted(displayName, model));
        assertThat(config().path("keySource").stringValue()).isEqualTo("project");
        var answer = app.say("alice", "t", "hello");
        assertThat(answer.path("servedBy").toString())
                .isEqualTo("{\"provider\":\"%s\",\"modelId\":\"%s\",\"keySource\":\"project\"}"
                        .formatted(provider, model));
    }

    @ParameterizedTest
    @CsvSource({
        "groq, Groq, llama-3.3-70b-versatile, own",
        "openai, OpenAI, gpt-5.5, ",
        "claude, Anthropic (Claude), claude-sonnet-5-5, ",
        "gemini, Google (Gemini), gemini-3-flash-preview, own",
        "cf, Cloudflare (Workers AI), @cf/meta/llama-3.1-8b-instruct, ",
        "swarm, SwarmSpace, gemini-flash, "
    })
    void theReferenceDialogueWithAnOwnKey(String provider, String displayName, String model, String keySource) {
        assertThat(say("I want to change my model")).startsWith("Which provider");
        var reply = say(provider);
        if (keySource == null) {
            assertThat(reply).contains("has no default key here");
        } else {
            reply = say(keySource);
        }
        if (provider.equals("cf")) {
            assertThat(reply).contains("**Account ID**");
            reply = say(ACCOUNT);
        }
        assertThat(reply).contains("Which model?");
        assertThat(say(model)).startsWith("Please provide your API key.\n");
        assertThat(say("my-own-key-000-1a2b"))
                .isEqualTo("Done. Your chat is now using **%s** with model `%s`.".formatted(displayName, model));
        assertThat(config().path("keyHint").stringValue()).isEqualTo("1a2b");
        assertThat(stored()).contains("[API key ending 1a2b]").noneMatch(content -> content.contains("my-own-key"));
        assertThat(say("hello"))
                .contains("1a2b")
                .contains(model.equals("gemini-flash") ? "gemini-3-flash-preview" : model);
    }

    @Test
    void theAppLearnsWhatTheFlowExpects() {
        var asked = app.say("alice", "t", "change my model").path("flow");
        assertThat(asked.path("expects").stringValue()).isEqualTo("provider");
        assertThat(asked.path("options").size()).isEqualTo(14);
        assertThat(asked.path("secret").booleanValue()).isFalse();
        assertThat(app.say("alice", "t", "gemini").path("flow").path("expects").stringValue())
                .isEqualTo("key_source");
        var models = app.say("alice", "t", "default").path("flow");
        assertThat(models.path("expects").stringValue()).isEqualTo("model_id");
        assertThat(models.path("options")
                        .valueStream()
                        .map(option -> option.path("value").stringValue()))
                .startsWith("gemini-3.8-flash")
                .contains("gemini-3-flash-preview")
                .doesNotHaveDuplicates();
        assertThat(app.say("alice", "t", "back").path("flow").path("expects").stringValue())
                .isEqualTo("key_source");
        app.say("alice", "t", "own");
        var key = app.say("alice", "t", "gemini-x").path("flow");
        assertThat(key.path("expects").stringValue()).isEqualTo("api_key");
        assertThat(key.path("secret").booleanValue()).isTrue();
        assertThat(app.say("alice", "t", "cancel").has("flow")).isFalse();
    }

    @Test
    void everyStepCanBeCancelledHelpedAndGoneBackFrom() {
        say("change my model");
        assertThat(say("help")).contains("provider is the company");
        assertThat(say("back")).contains("first question");
        say("groq");
        assertThat(say("help")).contains("**default** key");
        assertThat(say("back")).startsWith("Which provider");
        say("cloudflare");
        assertThat(say("?")).contains("Account");
        say(ACCOUNT);
        assertThat(say("help")).contains("model id");
        say("@cf/meta/llama-3.1-8b-instruct");
        assertThat(say("help")).contains("API key");
        assertThat(say("back")).startsWith("Which model?");
        assertThat(say("back")).contains("Account ID");
        assertThat(say("Back!")).startsWith("Which provider");
        assertThat(say("Never mind.")).isEqualTo("All right, nothing was changed.");
        assertThat(config().isNull()).isTrue();
        assertThat(say("hello")).contains("Groq");
    }

    @Test
    void badInputAtAnyStepKeepsTheFlowAlive() {
        say("change my model");
        assertThat(say("what is the weather like?")).contains("cancel");
        assertThat(say("anthropc")).contains("Did you mean **Anthropic (Claude)**?");
        assertThat(say("yes")).contains("Which model?");
        assertThat(say("x")).contains("2 to 128 characters");
        assertThat(say("x".repeat(129))).contains("2 to 128 characters");
        say("claude-sonnet-5-5");
        assertThat(say("where do I find it")).contains("I found no API key in that");
        assertThat(say("short")).contains("I found no API key in that");
        assertThat(say("my-invalid-key-1234"))
                .contains("does not accept this API key")
                .contains("Nothing was changed");
        assertThat(say("a-good-key-1234")).startsWith("Done.");
        assertThat(stored())
                .noneMatch(content -> content.contains("where do I find it") || content.contains("my-invalid"));
    }

    @Test
    void answersMayBeCourteousQuotedAndPunctuated() {
        say("change my model");
        assertThat(say("Let's go with “Gemini”, please!")).contains("**own**");
        assertThat(say("The defualt one, please.")).contains("Which model?");
        assertThat(say("`gemini-3-flash-preview`.")).contains("with model `gemini-3-flash-preview`");
    }

    @Test
    void oneSentenceIsEnough() {
        assertThat(say("switch to claude, claude-sonnet-4-5")).contains("Please provide your API key.");
        assertThat(say("sk-ant-api03-abcdefgh-9z8y")).contains("**Anthropic (Claude)** with model `claude-sonnet-4-5`");
        assertThat(say("use the default groq")).contains("**Groq** with model `openai/gpt-oss-120b`");
        assertThat(say("which model am I using?")).contains("**Groq**").contains("the default key");
        assertThat(say("go back to the default model"))
                .contains("back on the default")
                .contains("**Groq**");
        assertThat(config().isNull()).isTrue();
    }

    @Test
    void aRequestInTheMiddleOfTheFlowIsHeard() {
        say("switch to openai");
        assertThat(say("/model")).startsWith("Which provider");
        say("openai");
        assertThat(say("go back to the default model")).contains("already uses the default");
        say("switch to openai, gpt-5.5");
        assertThat(say("which model am I using?")).contains("**Groq**");
        say("switch to openai, gpt-5.5");
        assertThat(say("use the default gemini")).contains("**Google (Gemini)**");
        assertThat(app.say("alice", "t", "hello")
                        .path("servedBy")
                        .path("provider")
                        .stringValue())
                .isEqualTo("gemini");
    }

    @Test
    void aRepeatedMessageGetsTheSameAnswerAndQuestionAlsoAtTheKeyStep() {
        say("switch to openai, gpt-5.5");
        for (var message : List.of(
                "where is it?", "my key is sk-invalid-abcdefghijklmnopqrstuvwxyz1", "my-invalid-key-0000-bbbb")) {
            var sent = Map.of("threadId", "t", "message", message, "clientMessageId", "id of " + message.length());
            var first = app.call("sendChatMessage", sent, "alice");
            assertThat(first.path("flow").path("expects").stringValue()).isEqualTo("api_key");
            assertThat(app.call("sendChatMessage", sent, "alice")).isEqualTo(first);
        }
    }

    @Test
    void aKeyInTheRequestItselfIsUsedAndNotKept() {
        assertThat(say("switch to openai, gpt-5.5: sk-proj-abcdefghijklmnop1234"))
                .startsWith("Done.");
        assertThat(config().path("keyHint").stringValue()).isEqualTo("1234");
        assertThat(stored().getFirst()).isEqualTo("switch to openai, gpt-5.5: [API key ending 1234]");
    }

    @Test
    void forgettingTheKeyDeletesIt() {
        assertThat(say("forget my key")).isEqualTo("No key of yours is stored here.");
        say("switch to openai, gpt-5.5");
        say("my-own-key-000-1a2b");
        assertThat(say("forget my key")).contains("Your key for OpenAI is deleted");
        assertThat(config().isNull()).isTrue();
    }

    @Test
    void aStoredKeyNeedNotBeEnteredAgainToChangeTheModel() {
        say("switch to openai, gpt-5.5");
        assertThat(say("keep")).contains("No key of yours for OpenAI is stored");
        say("my-own-key-000-1a2b");
        var asked = app.say("alice", "t", "switch to openai, gpt-5.4-mini");
        assertThat(asked.path("message").path("content").stringValue())
                .contains("**keep**")
                .contains("`1a2b`");
        assertThat(asked.path("flow").path("options").path(0).path("value").stringValue())
                .isEqualTo("keep");
        assertThat(say("keep")).startsWith("Done. Your chat is now using **OpenAI** with model `gpt-5.4-mini`.");
        assertThat(say("hello")).contains("1a2b").contains("gpt-5.4-mini");
        assertThat(stored()).contains("keep");
    }

    @Test
    void aStoredAccountNeedNotBeEnteredAgainEither() {
        say("switch to cloudflare");
        say(ACCOUNT);
        say("@cf/meta/llama-3.1-8b-instruct");
        say("my-own-key-000-1a2b");
        assertThat(say("change my model to cloudflare")).contains("**keep** to stay with `" + ACCOUNT + "`");
        assertThat(say("keep it")).startsWith("Which model?");
        assertThat(say("@cf/openai/gpt-oss-120b")).contains("`1a2b`");
        assertThat(say("keep my key")).startsWith("Done.");
        assertThat(config().path("accountId").stringValue()).isEqualTo(ACCOUNT);
        assertThat(say("hello")).contains("@cf/openai/gpt-oss-120b").contains("1a2b");
    }

    @Test
    void whoLeavesAProviderIsToldThatTheKeyIsGone() {
        say("switch to openai, gpt-5.5");
        say("my-own-key-000-1a2b");
        assertThat(say("use the default groq"))
                .startsWith("Done.")
                .contains("Your key for OpenAI is no longer stored here.");
        say("switch to openai, gpt-5.5");
        say("my-own-key-000-1a2b");
        assertThat(say("go back to the default model")).contains("Your key for OpenAI is no longer stored here.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"own", "no", "yes", "ok", "my own key", "which?", "hello", "\uD83D\uDE42", "!!!!", "thanks"})
    void whatCanBeNoModelIsNotTakenForOne(String answer) {
        say("switch to groq");
        say("default");
        assertThat(say(answer)).startsWith("That is no model id.");
        assertThat(config().isNull()).isTrue();
    }

    @Test
    void theKeyInUseIsTakenOutOfAnyMessageWhateverItsShape() {
        say("switch to claude, claude-sonnet-5-5");
        say("zzDOUBLE-plain-key");
        assertThat(say("zzDOUBLE-plain-key")).contains("I removed an API key");
        assertThat(say("do you know what zzDOUBLE-plain-key is for, and why I was given it at all by them?"))
                .contains("I removed an API key")
                .doesNotContain("zzDOUBLE");
        assertThat(stored()).noneMatch(content -> content.contains("zzDOUBLE"));
    }

    @Test
    void aLateKeyIsRecognisedInAnotherThreadToo() {
        say("switch to openai, gpt-5.5");
        assertThat(app.chat("alice", "another", "zzNEWCHATKEY-shape-1"))
                .contains("nothing is waiting for one any more");
        assertThat(app.chat("bob", "another", "zzNEWCHATKEY-shape-1")).doesNotContain("nothing is waiting");
    }

    @Test
    void anotherModelNamedAtTheKeyQuestionIsARequestAndNoKey() {
        say("switch to claude, claude-sonnet-5-5");
        assertThat(say("no, use claude-haiku-4-5 please")).startsWith("Anthropic (Claude) has no default key");
        assertThat(say("I would rather have claude-opus-5-5 now")).startsWith("That is the name of a model.");
        assertThat(say("my-own-key-000-1a2b")).contains("with model `claude-haiku-4-5`");
    }

    @Test
    void capitalsOfAModelAreMendedAlsoWithAnOwnKey() {
        say("switch to groq");
        say("own");
        say("LLAMA-3.3-70B-VERSATILE");
        assertThat(say("my-own-key-000-1a2b"))
                .isEqualTo("Done. Your chat is now using **Groq** with model `llama-3.3-70b-versatile`.");
    }

    @Test
    void anAccountIdMayBeInCapitals() {
        say("switch to cloudflare");
        assertThat(say(ACCOUNT.toUpperCase(java.util.Locale.ROOT))).startsWith("Which model?");
    }

    @Test
    void aKeyBehindARequestIsUsedWhateverStandsBetween() {
        assertThat(say("use openai gpt-5.5 with my key sk-proj-abcdefghijklmnop1234"))
                .startsWith("Done.");
    }

    @Test
    void askingWhatIsInUseKeepsTheQuestionOpen() {
        say("switch to openai, gpt-5.5");
        assertThat(say("which model am I using?")).contains("**Groq**").contains("still open");
        assertThat(say("my-own-key-000-1a2b")).startsWith("Done.");
    }

    @Test
    void noThanksAtTheModelQuestionCancels() {
        say("switch to groq");
        say("default");
        assertThat(say("no thanks")).isEqualTo("All right, nothing was changed.");
    }

    @ParameterizedTest
    @CsvSource({
        "Gemini-3-Flash-Preview please, gemini-3-flash-preview",
        "gemini 3 flash preview, gemini-3-flash-preview",
        "models/gemini-3-flash-preview, models/gemini-3-flash-preview"
    })
    void aModelMayBeNamedInOtherLetters(String typed, String model) {
        say("switch to gemini");
        say("default");
        assertThat(say(typed))
                .isEqualTo("Done. Your chat is now using **Google (Gemini)** with model `%s`.".formatted(model));
    }

    @ParameterizedTest
    @CsvSource({"gpt-oss-130b, openai/gpt-oss-120b", "versatile, llama-3.3-70b-versatile"})
    void aModelThatNobodyListsIsDoubtedOnceAndTakenIfTypedAgain(String typed, String suggested) {
        say("switch to groq");
        say("default");
        var doubt = app.say("alice", "t", typed);
        assertThat(doubt.path("message").path("content").stringValue())
                .contains("Groq does not list a model “" + typed + "”")
                .contains("Did you mean `" + suggested + "`?");
        assertThat(doubt.path("flow")
                        .path("options")
                        .valueStream()
                        .map(option -> option.path("value").stringValue()))
                .containsExactly(suggested, typed);
        assertThat(say("no")).startsWith("That is no model id.");
        say(typed);
        app.restart();
        assertThat(say("yes")).startsWith("Done.").contains("`" + suggested + "`");
        say("switch to groq");
        say("default");
        say(typed);
        assertThat(say(typed)).startsWith("Done.").contains("`" + typed + "`");
    }

    @Test
    void aWordThatIsNoIdIsDoubtedWhereNothingIsListed() {
        say("switch to claude");
        assertThat(say("claude")).contains("does not look like a model id of Anthropic (Claude)");
        assertThat(say("claude-sonnet-5-5")).startsWith("Please provide your API key.");
    }

    @Test
    void aModelIdInPlaceOfTheKeyIsRecognised() {
        say("switch to claude, claude-sonnet-4-5");
        assertThat(say("claude-sonnet-4-5")).startsWith("That is the name of a model.");
        assertThat(say("Claude-Opus-5-5")).startsWith("That is the name of a model.");
        assertThat(say("my-own-key-000-1a2b")).startsWith("Done.");
    }

    @Test
    void twoKeysAtOnceAreNamedAsTheReason() {
        say("switch to claude, claude-sonnet-4-5");
        assertThat(say("sk-ant-api03-abcdefghijklmnop1234 or sk-ant-api03-abcdefghijklmnop5678"))
                .startsWith("There is more than one API key in that");
        assertThat(stored()).noneMatch(content -> content.contains("ijklmnop"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cancel", "forget my key", "use the default groq", "change my model"})
    void whatWasTypedAsASecretIsNeverKeptWhateverTheFlowBecame(String meanwhile) {
        say("switch to openai, gpt-5.5");
        say(meanwhile);
        var late = Map.of("threadId", "t", "message", "short-1!", "secret", true);
        var reply = app.call("sendChatMessage", late, "alice");
        assertThat(reply.path("message").path("content").stringValue()).contains("nothing is waiting for one any more");
        assertThat(reply.path("storedAs").stringValue()).contains("not stored");
        assertThat(stored()).noneMatch(content -> content.contains("short-1!"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "use openai with correct-horse-battery",
                "switch to mistral abcdefgh-ijklmnop",
                "/key groq s3cr3tkey12",
                "try gpt-s3cr3tk3y1",
                "change my model to s3cr3t-k3y",
                "switch to gemni",
                "short-1!"
            })
    void whatIsTypedIntoThePasswordFieldIsNeverReadAsARequest(String typed) {
        say("switch to mistral, mistral-large-latest");
        var reply = app.call("sendChatMessage", Map.of("threadId", "t", "message", typed, "secret", true), "alice");
        assertThat(reply.path("storedAs").stringValue("")).isNotEmpty();
        assertThat(stored()).noneMatch(content -> content.contains(typed));
        assertThat(app.call("listThreads", Map.of(), "alice").toString()).doesNotContain(typed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "use openai with correct-horse-battery",
                "use openai pass1234",
                "switch to mistral abcdefgh-ijklmnop",
                "/key groq s3cr3tkey12",
                "change my model to s3cr3t-k3y"
            })
    void atTheQuestionForTheKeyARequestMayHoldNoWordThatCouldBeOne(String typed) {
        say("switch to mistral, mistral-large-latest");
        assertThat(say(typed)).doesNotContain(typed.substring(typed.lastIndexOf(' ') + 1));
        assertThat(stored()).noneMatch(content -> content.contains(typed));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "switch to mistral, 8JfH2kLmN0pQrStUvWxYz1234567890a",
                "use gemini 8JfH2kLmN0pQrStUvWxYz1234567890a",
                "change my model to mistral 8JfH2kLmN0pQrStUvWxYz1234567890a",
                "/model gemini 8JfH2kLmN0pQrStUvWxYz1234567890a"
            })
    void aKeyOfUnknownShapeWhereAModelBelongsIsTakenOut(String typed) {
        for (var text : List.of(typed, "default", "default", "mistral-large-latest")) {
            say(text);
        }
        assertThat(stored()).noneMatch(content -> content.contains("8JfH2kLm"));
        assertThat(stored()).anyMatch(content -> content.contains("[API key ending 890a]"));
        for (var sink : List.of("listThreads", "getUserModelConfig")) {
            assertThat(String.valueOf(app.call(sink, Map.of(), "alice"))).doesNotContain("8JfH2kLm");
        }
    }

    @Test
    void underTheIdOfAMessageThatWasNotKeptNoOtherIsTakenForIt() {
        say("switch to mistral, mistral-large-latest");
        var first = Map.of("threadId", "t", "message", "unknownshapedkey-one-111", "clientMessageId", "k");
        assertThat(app.call("sendChatMessage", first, "alice").toString()).contains("Done.");
        assertThat(app.call("sendChatMessage", first, "alice").toString()).contains("Done.");
        for (var other : List.of("otherkey-two-22222-ending-e-111", "a completely different message")) {
            var again = Map.of("threadId", "t", "message", other, "clientMessageId", "k");
            assertThat(app.fail("sendChatMessage", again, "alice")
                            .path("message")
                            .stringValue())
                    .contains("already used for another message");
        }
    }

    @Test
    void theOpenQuestionIsThereAgainWhenAThreadIsRead() {
        say("switch to openai, gpt-5.5");
        var flow = app.call("getThread", Map.of("threadId", "t"), "alice").path("flow");
        assertThat(flow.path("expects").stringValue()).isEqualTo("api_key");
        assertThat(flow.path("secret").booleanValue()).isTrue();
        say("cancel");
        assertThat(app.call("getThread", Map.of("threadId", "t"), "alice").has("flow"))
                .isFalse();
    }

    @Test
    void aFlowOlderThanThirtyMinutesIsDropped() {
        say("change my model");
        app.clock().advance(Duration.ofMinutes(31));
        assertThat(app.say("alice", "t", "gemini")
                        .path("servedBy")
                        .path("provider")
                        .stringValue())
                .isEqualTo("groq");
    }

    @Test
    void aKeyThatComesTooLateIsStillNotStoredNorSent() {
        say("switch to openai, gpt-5.5");
        app.clock().advance(Duration.ofMinutes(31));
        assertThat(say("0aB1cD2eF3gH4iJ5kL6mN7oP8qR9sT0u")).contains("nothing is waiting for one any more");
        assertThat(say("0aB1cD2eF3gH4iJ5kL6mN7oP8qR9sT0u")).contains("nothing is waiting for one any more");
        say("switch to openai, gpt-5.5");
        say("cancel");
        assertThat(say("0aB1cD2eF3gH4iJ5kL6mN7oP8qR9sT0u")).contains("nothing is waiting for one any more");
        say("switch to openai, gpt-5.5");
        assertThat(say("0aB1cD2eF3gH4iJ5kL6mN7oP8qR9sT0u")).startsWith("Done.");
        assertThat(say("0aB1cD2eF3gH4iJ5kL6mN7oP8qR9sT0u")).contains("nothing is waiting for one any more");
        say("change my model");
        say("groq");
        say("cancel");
        assertThat(say("0aB1cD2eF3gH4iJ5kL6mN7oP8qR9sT0u")).contains("nothing is waiting for one any more");
        assertThat(stored()).noneMatch(content -> content.contains("0aB1cD2e"));
    }

    @Test
    void aFlowGoesOnAfterARestart() {
        say("change my model");
        say("cloudflare");
        app.restart();
        say(ACCOUNT);
        say("@cf/meta/llama-3.1-8b-instruct");
        app.restart();
        assertThat(say("my-own-key-000-1a2b")).startsWith("Done.");
        app.restart();
        assertThat(say("hello")).contains("1a2b");
    }

    @Test
    void threadsAndUsersHaveFlowsOfTheirOwn() {
        say("change my model");
        assertThat(app.say("alice", "other", "gemini").has("flow")).isFalse();
        assertThat(app.say("bob", "t", "gemini").has("flow")).isFalse();
        assertThat(say("gemini")).contains("**own**");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sk-proj-abcdefghijklmnop1234",
                "my key is gsk_abcdefghijklmnop1234",
                "AQ.Ab8RN6abcdefghijklmnop1234 there you go"
            })
    void aKeyPastedOutsideTheFlowIsRemovedAndTheUserTold(String message) {
        assertThat(say(message)).contains("I removed an API key").contains("change my model");
        assertThat(stored().getFirst()).contains("[API key ending 1234]").doesNotContain("ijklmnop");
    }

    @Test
    void aKeyInALongerMessageIsRemovedBeforeTheModelSeesIt() {
        app.call(
                "updateUserModelConfig",
                Map.of("provider", "groq", "modelId", "sim-history", "useProjectKey", true),
                "alice");
        var answer = say(
                "Please explain to me what this line of my program does, I do not understand it: client = new Client(\"sk-proj-abcdefghijklmnop1234\")");
        assertThat(answer)
                .contains("I removed an API key")
                .contains("[API key ending 1234]")
                .doesNotContain("ijklmnop");
    }

    @Test
    void aKeyAtAnEarlierStepIsRemovedToo() {
        say("change my model");
        assertThat(say("sk-proj-abcdefghijklmnop1234")).contains("removed an API key");
        assertThat(stored()).noneMatch(content -> content.contains("ijklmnop"));
        assertThat(say("Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5MGFiY2RlZmdo")).contains("did not find a provider");
        say("groq");
        say("Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5MGFiY2RlZmdo");
        say("own");
        assertThat(say("Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5MGFiY2RlZmdo")).startsWith("That is no model id.");
        say("cancel");
        say("switch to cloudflare");
        assertThat(say("Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5MGFiY2RlZmdo")).contains("does not look like");
        assertThat(stored()).noneMatch(content -> content.contains("Zm9vYmFy"));
    }

    @Test
    void aFailedCheckLeavesWhatWasStored() {
        say("switch to openai, gpt-5.5");
        say("my-first-key-000-aaaa");
        say("switch to claude, claude-sonnet-5-5");
        assertThat(say("my-invalid-key-0000-bbbb")).contains("Nothing was changed");
        say("cancel");
        assertThat(config().path("provider").stringValue()).isEqualTo("openai");
        assertThat(say("hello")).contains("aaaa");
    }

    @Test
    void withoutAProjectKeyTheFlowIsOfferedAndNoDefaultKeyAskedFor() {
        try (var bare = TestApp.start("", Map.of())) {
            assertThat(bare.chat("alice", "t", "hello"))
                    .contains("choose the model")
                    .contains("Which provider");
            assertThat(bare.chat("alice", "t", "groq"))
                    .contains("has no default key here")
                    .contains("Which model?");
            bare.chat("alice", "t", "default");
            assertThat(bare.chat("alice", "t", "my-own-key-000-1a2b")).startsWith("Done.");
            assertThat(bare.chat("alice", "t", "hello")).contains("1a2b");
        }
    }
}

package io.keyswitch.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.testing.TestApp;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The model-change flow end to end: over HTTP, with the simulator in place of every provider. */
@Tag("database")
class DialogueTest {
    private static final String ACCOUNT = "0123456789abcdef0123456789abcdef";

    private final Talk talk = new Talk();

    @AfterEach
    void close() {
        talk.close();
    }

    @ParameterizedTest
    @CsvSource({"groq, Groq, llama-3.3-70b-versatile", "gemini, Google (Gemini), gemini-3-flash-preview"})
    void theReferenceDialogueSelectsTheProjectKey(String provider, String displayName, String model) {
        assertThat(talk.say("I want to change my model")).startsWith("Which provider");
        assertThat(talk.say(provider)).contains("**default**").contains("**own**");
        assertThat(talk.say("default")).startsWith("Which model?");
        assertThat(talk.say(model))
                .isEqualTo("Done. Your chat is now using **%s** with model `%s`.".formatted(displayName, model));
        assertThat(talk.config().path("keySource").stringValue()).isEqualTo("project");
        var answer = talk.app().say("alice", "t", "hello");
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
    void theReferenceDialogueStoresAnOwnKey(String provider, String displayName, String model, String keySource) {
        assertThat(talk.say("I want to change my model")).startsWith("Which provider");
        var reply = talk.say(provider);
        if (keySource == null) {
            assertThat(reply).contains("has no default key here");
        } else {
            reply = talk.say(keySource);
        }
        if (provider.equals("cf")) {
            assertThat(reply).contains("**Account ID**");
            reply = talk.say(ACCOUNT);
        }
        assertThat(reply).contains("Which model?");
        assertThat(talk.say(model)).startsWith("Please provide your API key.\n");
        assertThat(talk.say("my-own-key-000-1a2b"))
                .isEqualTo("Done. Your chat is now using **%s** with model `%s`.".formatted(displayName, model));
        assertThat(talk.config().path("keyHint").stringValue()).isEqualTo("1a2b");
        assertThat(talk.stored())
                .contains("[API key ending 1a2b]")
                .noneMatch(content -> content.contains("my-own-key"));
        assertThat(talk.say("hello"))
                .contains("1a2b")
                .contains(model.equals("gemini-flash") ? "gemini-3-flash-preview" : model);
    }

    @Test
    void providersWithoutAKeyRequirementAreMarkedAndTheKeyIssuerIsNamed() {
        assertThat(talk.say("I want to change my model"))
                .contains("groq, openai, anthropic, gemini, cloudflare, swarmspace, mistral")
                .contains("No API key of your own is needed for: groq, gemini.");
        talk.say("swarmspace");
        assertThat(talk.say("default"))
                .endsWith(
                        "SwarmSpace uses an API key from Google (Gemini). Your key is checked with Google (Gemini) and stored encrypted; this"
                                + " conversation never keeps it. You can get one at https://aistudio.google.com/apikey.");
    }

    @Test
    void askingWhichModelIsInUseKeepsTheOfferedModels() {
        talk.say("switch to gemini");
        var asked = talk.app().say("alice", "t", "default").path("flow").path("options");
        assertThat(asked.size()).isGreaterThan(1);
        var again = talk.app().say("alice", "t", "which model am I using?");
        assertThat(again.path("flow").path("options")).isEqualTo(asked);
    }

    @Test
    void everyReplyDescribesTheInputThatTheFlowExpects() {
        var asked = talk.app().say("alice", "t", "change my model").path("flow");
        assertThat(asked.path("expects").stringValue()).isEqualTo("provider");
        assertThat(asked.path("options").size()).isEqualTo(14);
        assertThat(asked.path("secret").booleanValue()).isFalse();
        assertThat(talk.app()
                        .say("alice", "t", "gemini")
                        .path("flow")
                        .path("expects")
                        .stringValue())
                .isEqualTo("key_source");
        var models = talk.app().say("alice", "t", "default").path("flow");
        assertThat(models.path("expects").stringValue()).isEqualTo("model_id");
        assertThat(models.path("options")
                        .valueStream()
                        .map(option -> option.path("value").stringValue()))
                .startsWith("gemini-3.8-flash")
                .contains("gemini-3-flash-preview")
                .doesNotHaveDuplicates();
        assertThat(talk.app()
                        .say("alice", "t", "back")
                        .path("flow")
                        .path("expects")
                        .stringValue())
                .isEqualTo("key_source");
        talk.app().say("alice", "t", "own");
        var key = talk.app().say("alice", "t", "gemini-x").path("flow");
        assertThat(key.path("expects").stringValue()).isEqualTo("api_key");
        assertThat(key.path("secret").booleanValue()).isTrue();
        assertThat(talk.app().say("alice", "t", "cancel").has("flow")).isFalse();
    }

    @Test
    void everyStepAcceptsCancelHelpAndBack() {
        talk.say("change my model");
        assertThat(talk.say("help")).contains("provider is the company");
        assertThat(talk.say("back")).contains("first question");
        talk.say("groq");
        assertThat(talk.say("help")).contains("**default** key");
        assertThat(talk.say("back")).startsWith("Which provider");
        talk.say("cloudflare");
        assertThat(talk.say("?")).contains("Account");
        talk.say(ACCOUNT);
        assertThat(talk.say("help")).contains("model ID");
        talk.say("@cf/meta/llama-3.1-8b-instruct");
        assertThat(talk.say("help")).contains("API key");
        assertThat(talk.say("back")).startsWith("Which model?");
        assertThat(talk.say("back")).contains("Account ID");
        assertThat(talk.say("Back!")).startsWith("Which provider");
        assertThat(talk.say("Never mind."))
                .isEqualTo("All right, nothing was changed. Your chat still uses **Groq** with model"
                        + " `openai/gpt-oss-120b`.");
        assertThat(talk.config().isNull()).isTrue();
        assertThat(talk.say("hello")).contains("Groq");
    }

    @Test
    void invalidInputAtAnyStepKeepsTheFlowOpen() {
        talk.say("change my model");
        assertThat(talk.say("what is the weather like?")).contains("cancel");
        assertThat(talk.say("anthropc")).contains("Did you mean **Anthropic (Claude)**?");
        assertThat(talk.say("yes")).contains("Which model?");
        assertThat(talk.say("x")).contains("2 to 128 characters");
        assertThat(talk.say("x".repeat(129))).contains("2 to 128 characters");
        talk.say("claude-sonnet-5-5");
        assertThat(talk.say("where do I find it")).contains("You can get one at");
        assertThat(talk.say("that will take me a while"))
                .contains("no model has seen it")
                .contains("say **cancel** and send this message again");
        assertThat(talk.say("short")).contains("I found no API key in that");
        assertThat(talk.say("my-invalid-key-1234"))
                .contains("does not accept this API key")
                .contains("Nothing was changed");
        assertThat(talk.say("a-good-key-1234")).startsWith("Done.");
        assertThat(talk.stored()).noneMatch(content -> content.contains("a while") || content.contains("my-invalid"));
    }

    @Test
    void aQuestionInTheMiddleIsAnsweredAndTheStepStays() {
        talk.say("change my model");
        assertThat(talk.say("which one is the best?"))
                .contains("If you don't mind which, take **Groq**: this app uses it by default.");
        assertThat(talk.say("openai")).contains("Which model?");
        assertThat(talk.say("which one is the best?"))
                .contains("If you don't mind which, say **default** for `gpt-5.5`.");
        assertThat(talk.say("what models are there?")).contains("I can't list the models of OpenAI");
        assertThat(talk.say("default")).contains("Please provide your API key.");
        assertThat(talk.say("how do I get a key?")).contains("https://platform.openai.com/api-keys");
        assertThat(talk.say("Why is the sky blue?")).contains("say **cancel** and send this message again");
        assertThat(talk.say("a-good-key-1234")).startsWith("Done.");
    }

    @Test
    void answersWithCourtesyQuotesTyposAndPunctuationAreUnderstood() {
        talk.say("change my model");
        assertThat(talk.say("Let's go with “Gemini”, please!")).contains("**own**");
        assertThat(talk.say("The defualt one, please.")).contains("Which model?");
        assertThat(talk.say("`gemini-3-flash-preview`.")).contains("with model `gemini-3-flash-preview`");
    }

    @Test
    void aRequestWithProviderAndModelSkipsThoseQuestions() {
        assertThat(talk.say("switch to claude, claude-sonnet-4-5")).contains("Please provide your API key.");
        assertThat(talk.say("sk-ant-api03-abcdefgh-9z8y"))
                .contains("**Anthropic (Claude)** with model `claude-sonnet-4-5`");
        assertThat(talk.say("use the default groq")).contains("**Groq** with model `openai/gpt-oss-120b`");
        assertThat(talk.say("which model am I using?")).contains("**Groq**").contains("the default key");
        assertThat(talk.say("go back to the default model"))
                .contains("back on the default")
                .contains("**Groq**");
        assertThat(talk.config().isNull()).isTrue();
    }

    @Test
    void aRequestInTheMiddleOfTheFlowIsPerformed() {
        talk.say("switch to openai");
        assertThat(talk.say("/model")).startsWith("Which provider");
        talk.say("openai");
        assertThat(talk.say("go back to the default model")).contains("already uses the default");
        talk.say("switch to openai, gpt-5.5");
        assertThat(talk.say("which model am I using?")).contains("**Groq**");
        talk.say("switch to openai, gpt-5.5");
        assertThat(talk.say("use the default gemini")).contains("**Google (Gemini)**");
        assertThat(talk.app()
                        .say("alice", "t", "hello")
                        .path("servedBy")
                        .path("provider")
                        .stringValue())
                .isEqualTo("gemini");
    }

    @Test
    void aRepeatedClientMessageIdAtTheKeyStepReturnsTheSameReply() {
        talk.say("switch to openai, gpt-5.5");
        for (var message : List.of(
                "where is it?", "my key is sk-invalid-abcdefghijklmnopqrstuvwxyz1", "my-invalid-key-0000-bbbb")) {
            var sent = Map.of("threadId", "t", "message", message, "clientMessageId", "id of " + message.length());
            var first = talk.app().call("sendChatMessage", sent, "alice");
            assertThat(first.path("flow").path("expects").stringValue()).isEqualTo("api_key");
            assertThat(talk.app().call("sendChatMessage", sent, "alice")).isEqualTo(first);
        }
    }

    @Test
    void aStoredKeyIsReusedWhenTheModelChanges() {
        talk.say("switch to openai, gpt-5.5");
        assertThat(talk.say("keep")).contains("No key of yours for OpenAI is stored");
        talk.say("my-own-key-000-1a2b");
        assertThat(talk.say("switch to openai, gpt-5.4-mini"))
                .startsWith("Done. Your chat is now using **OpenAI** with model `gpt-5.4-mini`.");
        var asked = talk.app().say("alice", "t", "I have a new API key");
        assertThat(asked.path("message").path("content").stringValue())
                .contains("**keep**")
                .contains("`1a2b`");
        assertThat(asked.path("flow").path("options").path(0).path("value").stringValue())
                .isEqualTo("keep");
        assertThat(talk.say("keep")).startsWith("Done. Your chat is now using **OpenAI** with model `gpt-5.4-mini`.");
        assertThat(talk.say("hello")).contains("1a2b").contains("gpt-5.4-mini");
        assertThat(talk.stored()).contains("keep");
    }

    @Test
    void aStoredAccountIdIsReusedWhenTheModelChanges() {
        talk.say("switch to cloudflare");
        talk.say(ACCOUNT);
        talk.say("@cf/meta/llama-3.1-8b-instruct");
        talk.say("my-own-key-000-1a2b");
        assertThat(talk.say("change my model to cloudflare")).startsWith("Which model?");
        assertThat(talk.say("@cf/openai/gpt-oss-120b")).startsWith("Done.");
        assertThat(talk.config().path("accountId").stringValue()).isEqualTo(ACCOUNT);
        assertThat(talk.say("hello")).contains("@cf/openai/gpt-oss-120b").contains("1a2b");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "own, Which model?",
        "yes, Which model?",
        "ok, Which model?",
        "my own key, Which model?",
        "thanks, Which model?",
        "which?, The model ID is",
        "hello, The model ID is",
        "\uD83D\uDE42, That is not a model ID.",
        "!!!!, That is not a model ID."
    })
    void whatIsNoModelIdIsNotSavedAsOne(String answer, String reply) {
        talk.say("switch to groq");
        talk.say("default");
        assertThat(talk.say(answer)).startsWith(reply);
        assertThat(talk.config().isNull()).isTrue();
    }

    @Test
    void aStoredKeyIsKeptWhenTheProviderChangesAndNotAskedForAgain() {
        talk.say("switch to openai, gpt-5.5");
        talk.say("my-own-key-000-1a2b");
        assertThat(talk.say("use the default groq")).startsWith("Done.");
        assertThat(talk.say("switch to openai, gpt-5.4-mini")).startsWith("Done.");
        assertThat(talk.say("hello")).contains("gpt-5.4-mini").contains("1a2b");
        assertThat(talk.say("go back to the default model")).contains("Your key for OpenAI stays stored.");
    }

    private String title() {
        return talk.app()
                .call("listThreads", Map.of(), "alice")
                .path("threads")
                .path(0)
                .path("title")
                .stringValue();
    }

    @Test
    void aThreadIsTitledByItsFirstMessageForTheModel() {
        talk.say("use the default groq");
        assertThat(title()).isEqualTo("use the default groq");
        talk.say("which model am I using?");
        assertThat(title()).isEqualTo("use the default groq");
        talk.say("How do I bake bread?");
        assertThat(title()).isEqualTo("How do I bake bread?");
        talk.say("And a cake?");
        talk.say("change my model");
        assertThat(title()).isEqualTo("How do I bake bread?");
    }

    @Test
    void undoGoesBackStepByStepToTheDefault() {
        talk.say("use the default groq");
        talk.say("switch to openai, gpt-5.5");
        talk.say("my-own-key-000-1a2b");
        talk.say("switch to openai, gpt-5.4-mini");
        assertThat(talk.say("go back to my previous model")).contains("`gpt-5.5`");
        assertThat(talk.say("undo the model change")).contains("**Groq**");
        assertThat(talk.say("go back to my previous model")).startsWith("Done. Your chat is back on the default");
        assertThat(talk.config().isNull()).isTrue();
        assertThat(talk.say("go back to my previous model"))
                .startsWith("There is no earlier choice to go back to.")
                .contains("Which provider");
    }

    @Test
    void undoInAThreadTakesBackItsReturnToTheDefaultRatherThanAnEarlierChangeOfThat() {
        talk.say("use groq llama-3.3-70b-versatile with no key");
        talk.say("use groq qwen/qwen3-32b with no key");
        talk.say("use gemini, gemini-3-flash-preview with no key, only in this chat");
        assertThat(talk.say("use the default model in this chat")).contains("`qwen/qwen3-32b`");
        assertThat(talk.say("go back to my previous model"))
                .startsWith("Done. This chat is now using **Google (Gemini)**")
                .contains("Your other chats stay as they are");
        assertThat(talk.config().path("modelId").stringValue()).isEqualTo("qwen/qwen3-32b");
        talk.say("use the default model in this chat");
        talk.app().chat("alice", "another", "use groq openai/gpt-oss-20b with no key");
        assertThat(talk.say("go back to my previous model")).contains("`qwen/qwen3-32b`");
        assertThat(talk.config().path("modelId").stringValue()).isEqualTo("qwen/qwen3-32b");
    }

    @Test
    void theOnlyKeyIsForgottenEvenIfItCanNoLongerBeDecrypted() {
        talk.say("switch to openai, gpt-5.5");
        talk.say("my-own-key-000-1a2b");
        talk.say("use the default model");
        talk.app()
                .restart(
                        Map.of("KEYSWITCH_PROVIDERS_OPENAI_BASE_URL", talk.app().simulatorUrl() + "/moved/v1"));
        assertThat(talk.say("delete my key")).startsWith("Done. Your key for OpenAI is deleted.");
        assertThat(talk.app().call("listApiKeys", Map.of(), "alice").path("keys"))
                .isEmpty();
    }

    @Test
    void undoAsksForAKeyThatWasDeletedMeanwhile() {
        talk.say("switch to openai, gpt-5.5");
        talk.say("my-own-key-000-1a2b");
        talk.say("use the default groq");
        assertThat(talk.say("forget my openai key")).isEqualTo("Done. Your key for OpenAI is deleted.");
        assertThat(talk.say("go back to my previous model"))
                .startsWith("No key of yours for OpenAI is stored here.")
                .contains("Please provide your API key.");
        assertThat(talk.say("my-own-key-000-1a2b")).startsWith("Done.").contains("`gpt-5.5`");
    }

    @Test
    void aModelChosenForOneThreadLeavesTheOthersAsTheyAre() {
        talk.say("use the default groq");
        assertThat(talk.say("use gemini for this chat only")).contains("default");
        assertThat(talk.say("default")).startsWith("Which model?");
        assertThat(talk.say("default"))
                .startsWith("Done. This chat is now using **Google (Gemini)**")
                .contains("Your other chats stay as they are.");
        assertThat(talk.say("which model am I using?"))
                .contains("Google (Gemini)")
                .endsWith("This is set for this chat only.");
        assertThat(talk.app().chat("alice", "another", "which model am I using?"))
                .contains("Groq")
                .doesNotContain("this chat only");
        assertThat(talk.say("use groq openai/gpt-oss-20b with the default key")).startsWith("Done. This chat");
        assertThat(talk.say("go back to my previous model"))
                .startsWith("Done. This chat")
                .contains("Gemini");
        assertThat(talk.say("use the default model"))
                .startsWith("Done. This chat is like your other chats again: **Groq**");
        assertThat(talk.say("which model am I using?")).contains("Groq").doesNotContain("this chat only");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            change my model only in this chat    | groq
            change the model for this chat only  | which models are there?
            use gorq only in this chat           | yes
            """)
    void aFlowForOneThreadStaysWithItToTheEnd(String request, String next) {
        talk.say("use the default gemini");
        talk.say(request);
        talk.say(next);
        talk.say("use groq");
        talk.say("default");
        assertThat(talk.say("default")).startsWith("Done. This chat is now using **Groq**");
        assertThat(talk.config().path("provider").stringValue()).isEqualTo("gemini");
    }

    @Test
    void theDefaultModelForOneThreadLeavesTheUsersDefault() {
        talk.say("use the default gemini");
        assertThat(talk.say("use the default model in this chat only"))
                .startsWith("Done. This chat is now using **Groq**");
        assertThat(talk.config().path("provider").stringValue()).isEqualTo("gemini");
        assertThat(talk.say("/model default here")).startsWith("Done. This chat is like your other chats again");
    }

    @Test
    void deletingAKeyEndsTheChoicesThatUseItAndNamesTheKeysLeft() {
        talk.say("switch to openai, gpt-5.5");
        talk.say("my-own-key-000-1a2b");
        talk.say("switch to claude, claude-sonnet-4-5");
        talk.say("my-own-key-000-3c4d");
        assertThat(talk.say("delete my api key"))
                .startsWith("Done. Your key for Anthropic")
                .contains("back on the default")
                .endsWith("Still stored: your keys for OpenAI.");
        assertThat(talk.config().isNull()).isTrue();
    }

    @Test
    void aNewKeyReplacesAStoredOneWithoutChangingTheModel() {
        talk.say("switch to openai, gpt-5.5");
        talk.say("my-own-key-000-1a2b");
        talk.say("use the default groq");
        assertThat(talk.say("update my openai key")).contains("Please provide your API key.");
        assertThat(talk.say("my-own-key-000-5e6f"))
                .isEqualTo("Done. Your new key for OpenAI is stored.\n\nYour new key replaces the one ending in 1a2b.");
        assertThat(talk.config().path("provider").stringValue()).isEqualTo("groq");
        talk.say("switch to openai, gpt-5.5");
        assertThat(talk.say("hello")).contains("5e6f");
    }

    @Test
    void aRequestForAnotherModelAtTheKeyStepChangesTheModel() {
        talk.say("switch to claude, claude-sonnet-5-5");
        assertThat(talk.say("no, use claude-haiku-4-5 please")).startsWith("Anthropic (Claude) has no default key");
        assertThat(talk.say("I would rather have claude-opus-5-5 now"))
                .startsWith("Anthropic (Claude) has no default key");
        assertThat(talk.say("isn't it claude-sonnet-4-5 that writes best?")).startsWith("That is the name of a model.");
        assertThat(talk.say("my-own-key-000-1a2b")).contains("with model `claude-opus-5-5`");
    }

    @Test
    void theCaseOfAModelIdIsCorrectedWithAnOwnKey() {
        talk.say("switch to groq");
        talk.say("own");
        talk.say("LLAMA-3.3-70B-VERSATILE");
        assertThat(talk.say("my-own-key-000-1a2b"))
                .isEqualTo("Done. Your chat is now using **Groq** with model `llama-3.3-70b-versatile`.");
    }

    @Test
    void anUppercaseAccountIdIsAccepted() {
        talk.say("switch to cloudflare");
        assertThat(talk.say(ACCOUNT.toUpperCase(java.util.Locale.ROOT))).startsWith("Which model?");
    }

    @Test
    void askingWhichModelIsInUseKeepsTheQuestionOpen() {
        talk.say("switch to openai, gpt-5.5");
        assertThat(talk.say("which model am I using?")).contains("**Groq**").contains("still open");
        assertThat(talk.say("my-own-key-000-1a2b")).startsWith("Done.");
    }

    @Test
    void noThanksAtTheModelQuestionCancels() {
        talk.say("switch to groq");
        talk.say("default");
        assertThat(talk.say("no thanks")).startsWith("All right, nothing was changed.");
    }

    @ParameterizedTest
    @CsvSource({
        "Gemini-3-Flash-Preview please, gemini-3-flash-preview",
        "gemini 3 flash preview, gemini-3-flash-preview",
        "models/gemini-3-flash-preview, models/gemini-3-flash-preview"
    })
    void aModelNameIsMatchedDespiteCaseSpacesOrPrefix(String typed, String model) {
        talk.say("switch to gemini");
        talk.say("default");
        assertThat(talk.say(typed))
                .isEqualTo("Done. Your chat is now using **Google (Gemini)** with model `%s`.".formatted(model));
    }

    @ParameterizedTest
    @CsvSource({"gpt-oss-130b, openai/gpt-oss-120b", "versatile, llama-3.3-70b-versatile"})
    void anUnlistedModelIsAcceptedWhenTypedASecondTime(String typed, String suggested) {
        talk.say("switch to groq");
        talk.say("default");
        var doubt = talk.app().say("alice", "t", typed);
        assertThat(doubt.path("message").path("content").stringValue())
                .contains("Groq does not list a model “" + typed + "”")
                .contains("Did you mean `" + suggested + "`?");
        assertThat(doubt.path("flow")
                        .path("options")
                        .valueStream()
                        .map(option -> option.path("value").stringValue()))
                .containsExactly(suggested, typed);
        assertThat(talk.say("no")).startsWith("That is not a model ID.");
        talk.say(typed);
        talk.app().restart();
        assertThat(talk.say("yes")).startsWith("Done.").contains("`" + suggested + "`");
        talk.say("switch to groq");
        talk.say("default");
        talk.say(typed);
        assertThat(talk.say(typed)).startsWith("Done.").contains("`" + typed + "`");
    }

    /** Those offered are of the provider that was named, not of the one in question before. */
    @Test
    void modelsOfAnotherProviderThatAreNamedInWordsAreOffered() {
        talk.say("switch to groq");
        talk.say("default");
        var named = talk.app().say("alice", "t", "an opus would be nicer");
        assertThat(named.path("message").path("content").stringValue()).contains("claude-opus");
        assertThat(named.path("flow")
                        .path("options")
                        .valueStream()
                        .map(option -> option.path("value").stringValue()))
                .isNotEmpty()
                .allMatch(value -> value.startsWith("claude-opus"));
    }

    @Test
    void anImplausibleModelIdIsQuestionedWhenTheProviderListsNoModels() {
        talk.say("switch to claude");
        assertThat(talk.say("claudette")).contains("does not look like a model ID from Anthropic (Claude)");
        assertThat(talk.say("claude-sonnet-5-5")).startsWith("Please provide your API key.");
    }

    @Test
    void getThreadReturnsTheOpenQuestionOfTheFlow() {
        talk.say("switch to openai, gpt-5.5");
        var flow =
                talk.app().call("getThread", Map.of("threadId", "t"), "alice").path("flow");
        assertThat(flow.path("expects").stringValue()).isEqualTo("api_key");
        assertThat(flow.path("secret").booleanValue()).isTrue();
        talk.say("cancel");
        assertThat(talk.app()
                        .call("getThread", Map.of("threadId", "t"), "alice")
                        .has("flow"))
                .isFalse();
    }

    @Test
    void aFlowOlderThanThirtyMinutesIsDropped() {
        talk.say("change my model");
        talk.app().clock().advance(Duration.ofMinutes(31));
        assertThat(talk.app()
                        .say("alice", "t", "gemini")
                        .path("servedBy")
                        .path("provider")
                        .stringValue())
                .isEqualTo("groq");
    }

    @Test
    void aFlowContinuesAfterARestart() {
        talk.say("change my model");
        talk.say("cloudflare");
        talk.app().restart();
        talk.say(ACCOUNT);
        talk.say("@cf/meta/llama-3.1-8b-instruct");
        talk.app().restart();
        assertThat(talk.say("my-own-key-000-1a2b")).startsWith("Done.");
        talk.app().restart();
        assertThat(talk.say("hello")).contains("1a2b");
    }

    @Test
    void aFlowIsScopedToItsUserAndThread() {
        talk.say("change my model");
        assertThat(talk.app().say("alice", "other", "gemini").has("flow")).isFalse();
        assertThat(talk.app().say("bob", "t", "gemini").has("flow")).isFalse();
        assertThat(talk.say("gemini")).contains("**own**");
    }

    @Test
    void withoutAProjectKeyTheFlowIsOfferedWithoutTheDefaultKeyQuestion() {
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

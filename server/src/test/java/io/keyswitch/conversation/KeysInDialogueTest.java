package io.keyswitch.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** API keys in chat messages, requested or not: none is stored as text or used for a provider it was not meant for. */
class KeysInDialogueTest {
    private final Talk talk = new Talk();

    @AfterEach
    void close() {
        talk.close();
    }

    @Test
    void whoseKeyWasSaidFirstIsNotAskedAgain() {
        assertThat(talk.say("I want to use my own key")).contains("provider");
        assertThat(talk.say("groq")).startsWith("Which model?");
    }

    @Test
    void aKeyInAModelRequestIsUsedAndRedactedFromTheMessage() {
        assertThat(talk.say("switch to openai, gpt-5.5: sk-proj-abcdefghijklmnop1234"))
                .startsWith("Done.");
        assertThat(talk.config().path("keyHint").stringValue()).isEqualTo("1234");
        assertThat(talk.stored().getFirst()).isEqualTo("switch to openai, gpt-5.5: [API key ending 1234]");
    }

    @Test
    void forgetMyKeyDeletesTheStoredKey() {
        assertThat(talk.say("forget my key")).isEqualTo("No key of yours is stored here.");
        talk.say("switch to openai, gpt-5.5");
        talk.say("my-own-key-000-1a2b");
        assertThat(talk.say("forget my key")).contains("Your key for OpenAI is deleted");
        assertThat(talk.config().isNull()).isTrue();
    }

    @Test
    void aStoredKeyOfUnknownFormatIsRedactedFromEveryMessage() {
        talk.say("switch to claude, claude-sonnet-5-5");
        talk.say("zzDOUBLE-plain-key");
        assertThat(talk.say("zzDOUBLE-plain-key")).contains("I removed an API key");
        assertThat(talk.say("do you know what zzDOUBLE-plain-key is for, and why I was given it at all by them?"))
                .contains("I removed an API key")
                .doesNotContain("zzDOUBLE");
        assertThat(talk.stored()).noneMatch(content -> content.contains("zzDOUBLE"));
    }

    @Test
    void aKeySentToAnotherThreadDuringTheKeyStepIsRecognised() {
        talk.say("switch to openai, gpt-5.5");
        assertThat(talk.app().chat("alice", "another", "zzNEWCHATKEY-shape-1")).contains("I did not ask for one");
        assertThat(talk.app().chat("bob", "another", "zzNEWCHATKEY-shape-1")).doesNotContain("I did not ask for one");
    }

    @Test
    void aKeyAfterARequestIsRecognisedDespiteWordsBetweenThem() {
        assertThat(talk.say("use openai gpt-5.5 with my key sk-proj-abcdefghijklmnop1234"))
                .startsWith("Done.");
        assertThat(talk.say("use mistral with key aB3dE6fG9hJ2kL5mN8pQ1rS4tU7vW0xY"))
                .contains("Which model");
        assertThat(talk.stored()).noneMatch(content -> content.contains("aB3dE6"));
    }

    @Test
    void aModelIdAtTheKeyStepIsNotAcceptedAsAKey() {
        talk.say("switch to claude, claude-sonnet-4-5");
        assertThat(talk.say("claude-sonnet-4-5")).startsWith("That is the name of a model.");
        assertThat(talk.say("Claude-Opus-5-5")).startsWith("That is the name of a model.");
        assertThat(talk.say("my-own-key-000-1a2b")).startsWith("Done.");
    }

    @Test
    void aMessageWithTwoKeysIsRejectedWithThatReason() {
        talk.say("switch to claude, claude-sonnet-4-5");
        assertThat(talk.say("sk-ant-api03-abcdefghijklmnop1234 or sk-ant-api03-abcdefghijklmnop5678"))
                .startsWith("There is more than one API key in that");
        assertThat(talk.stored()).noneMatch(content -> content.contains("ijklmnop"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cancel", "forget my key", "use the default groq", "change my model"})
    void aSecretFieldValueSentAfterTheKeyStepEndedIsNotStored(String meanwhile) {
        talk.say("switch to openai, gpt-5.5");
        talk.say(meanwhile);
        var late = Map.of("threadId", "t", "message", "short-1!", "secret", true);
        var reply = talk.app().call("sendChatMessage", late, "alice");
        assertThat(reply.path("message").path("content").stringValue()).contains("I did not ask for one");
        assertThat(reply.path("storedAs").stringValue()).contains("not stored");
        assertThat(talk.stored()).noneMatch(content -> content.contains("short-1!"));
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
    void aMessageFromAPasswordFieldIsNotParsedAsARequest(String typed) {
        talk.say("switch to mistral, mistral-large-latest");
        var reply =
                talk.app().call("sendChatMessage", Map.of("threadId", "t", "message", typed, "secret", true), "alice");
        assertThat(reply.path("storedAs").stringValue("")).isNotEmpty();
        assertThat(talk.stored()).noneMatch(content -> content.contains(typed));
        assertThat(talk.app().call("listThreads", Map.of(), "alice").toString()).doesNotContain(typed);
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
    void aRequestAtTheKeyStepThatMayContainAKeyIsNotStored(String typed) {
        talk.say("switch to mistral, mistral-large-latest");
        assertThat(talk.say(typed)).doesNotContain(typed.substring(typed.lastIndexOf(' ') + 1));
        assertThat(talk.stored()).noneMatch(content -> content.contains(typed));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "switch to mistral, 8JfH2kLmN0pQrStUvWxYz1234567890a",
                "use gemini 8JfH2kLmN0pQrStUvWxYz1234567890a",
                "change my model to mistral 8JfH2kLmN0pQrStUvWxYz1234567890a",
                "/model gemini 8JfH2kLmN0pQrStUvWxYz1234567890a"
            })
    void aKeyOfUnknownFormatInPlaceOfTheModelIsRedacted(String typed) {
        for (var text : List.of(typed, "default", "default", "mistral-large-latest")) {
            talk.say(text);
        }
        assertThat(talk.stored()).noneMatch(content -> content.contains("8JfH2kLm"));
        assertThat(talk.stored()).anyMatch(content -> content.contains("[API key ending 890a]"));
        for (var sink : List.of("listThreads", "getUserModelConfig")) {
            assertThat(String.valueOf(talk.app().call(sink, Map.of(), "alice"))).doesNotContain("8JfH2kLm");
        }
    }

    @Test
    void anIdempotencyKeyOfAnUnstoredMessageIsNotReusedForAnother() {
        talk.say("switch to mistral, mistral-large-latest");
        var first = Map.of("threadId", "t", "message", "unknownshapedkey-one-111", "clientMessageId", "k");
        assertThat(talk.app().call("sendChatMessage", first, "alice").toString())
                .contains("Done.");
        assertThat(talk.app().call("sendChatMessage", first, "alice").toString())
                .contains("Done.");
        for (var other : List.of("otherkey-two-22222-ending-e-111", "a completely different message")) {
            var again = Map.of("threadId", "t", "message", other, "clientMessageId", "k");
            assertThat(talk.app()
                            .fail("sendChatMessage", again, "alice")
                            .path("message")
                            .stringValue())
                    .contains("already used for another message");
        }
    }

    @Test
    void aKeySentAfterTheKeyStepEndedIsNotStoredOrSentToTheModel() {
        talk.say("switch to openai, gpt-5.5");
        talk.app().clock().advance(Duration.ofMinutes(31));
        assertThat(talk.say("0aB1cD2eF3gH4iJ5kL6mN7oP8qR9sT0u")).contains("I did not ask for one");
        assertThat(talk.say("0aB1cD2eF3gH4iJ5kL6mN7oP8qR9sT0u")).contains("I did not ask for one");
        talk.say("switch to openai, gpt-5.5");
        talk.say("cancel");
        assertThat(talk.say("0aB1cD2eF3gH4iJ5kL6mN7oP8qR9sT0u")).contains("I did not ask for one");
        talk.say("switch to openai, gpt-5.5");
        assertThat(talk.say("0aB1cD2eF3gH4iJ5kL6mN7oP8qR9sT0u")).startsWith("Done.");
        assertThat(talk.say("0aB1cD2eF3gH4iJ5kL6mN7oP8qR9sT0u")).contains("I removed an API key");
        talk.say("change my model");
        talk.say("groq");
        talk.say("cancel");
        assertThat(talk.say("0aB1cD2eF3gH4iJ5kL6mN7oP8qR9sT0u")).contains("I removed an API key");
        assertThat(talk.stored()).noneMatch(content -> content.contains("0aB1cD2e"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sk-proj-abcdefghijklmnop1234",
                "my key is gsk_abcdefghijklmnop1234",
                "AQ.Ab8RN6abcdefghijklmnop1234 there you go"
            })
    void aKeyPastedOutsideTheFlowIsRedactedAndTheUserIsNotified(String message) {
        assertThat(talk.say(message)).contains("I removed an API key").contains("Should your chat use it?");
        assertThat(talk.stored().getFirst()).contains("[API key ending 1234]").doesNotContain("ijklmnop");
    }

    @Test
    void aKeyInALongerMessageIsRemovedBeforeTheModelSeesIt() {
        talk.app()
                .call(
                        "updateUserModelConfig",
                        Map.of("provider", "groq", "modelId", "sim-history", "useProjectKey", true),
                        "alice");
        var answer = talk.say(
                "Please explain to me what this line of my program does, I do not understand it: client = new Client(\"sk-proj-abcdefghijklmnop1234\")");
        assertThat(answer)
                .contains("I removed an API key")
                .contains("[API key ending 1234]")
                .doesNotContain("ijklmnop");
    }

    @Test
    void aKeySentBeforeTheKeyStepIsRedacted() {
        talk.say("change my model");
        assertThat(talk.say("sk-proj-abcdefghijklmnop1234")).contains("removed an API key");
        assertThat(talk.stored()).noneMatch(content -> content.contains("ijklmnop"));
        assertThat(talk.say("Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5MGFiY2RlZmdo")).contains("I did not ask for one");
        talk.say("no");
        talk.say("change my model");
        assertThat(talk.say("Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5MGFiY2RlZmdo")).contains("did not find a provider");
        talk.say("groq");
        talk.say("Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5MGFiY2RlZmdo");
        talk.say("own");
        assertThat(talk.say("Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5MGFiY2RlZmdo")).contains("will use it for Groq");
        talk.say("cancel");
        talk.say("switch to cloudflare");
        assertThat(talk.say("Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5MGFiY2RlZmdo")).contains("does not look like");
        assertThat(talk.stored()).noneMatch(content -> content.contains("Zm9vYmFy"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"madeup-key-12345678", "my_secret_42", "TOKEN-a1b2c3d4"})
    void aStringNamedKeySecretOrTokenIsRedactedBeforeTheKeyStep(String typed) {
        talk.say("change my model");
        assertThat(talk.say(typed)).contains("removed an API key").contains("Which provider");
        talk.say("groq");
        assertThat(talk.say(typed)).contains("removed an API key").contains("**own**");
        talk.say("own");
        assertThat(talk.say(typed)).contains("removed an API key").contains("Which model?");
        talk.say("cancel");
        talk.say("switch to cloudflare");
        assertThat(talk.say(typed)).contains("removed an API key").contains("Account ID");
        assertThat(talk.stored()).noneMatch(content -> content.contains(typed));
    }

    @ParameterizedTest
    @ValueSource(strings = {"monkey-7b-instruct", "keye-vl-8b", "ft:gpt-4o:acme:key-finder:9x", "tokenizer-2.1-large"})
    void aModelIdContainingKeyOrTokenIsAccepted(String model) {
        for (var text : List.of("change my model", "groq", "own", model, model)) {
            talk.say(text);
        }
        assertThat(talk.say("my-own-key-000-1a2b")).contains("does not list a model “" + model + "”");
        assertThat(talk.say(model))
                .startsWith("Done.")
                .contains("`" + model + "`")
                .contains("Your key works");
    }

    @Test
    void replacingAStoredKeyIsReported() {
        assertThat(talk.say("switch to openai, gpt-5.5: sk-proj-abcdefghijklmnop1234"))
                .isEqualTo("Done. Your chat is now using **OpenAI** with model `gpt-5.5`.");
        assertThat(talk.say("switch to openai, gpt-5.5: sk-proj-ponmlkjihgfedcba5678"))
                .startsWith("Done.")
                .endsWith("Your new key replaces the one ending in 1234.");
    }

    @Test
    void aFirstKeyIsStoredWithoutAModel() {
        assertThat(talk.say("/key anthropic")).contains("Anthropic").contains("API key");
        assertThat(talk.say("sk-ant-first-key-00000001a2b"))
                .isEqualTo("Done. Your new key for Anthropic (Claude) is stored.\n\n"
                        + "To use it, say “switch to Anthropic (Claude)”.");
        assertThat(talk.say("switch to Anthropic (Claude)")).contains("Which model?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"use groq llama-3.1-8b-instent with no key", "/model llama-3.1-8b-instent"})
    void aModelThatIsNotListedIsUsedOnlyIfItsUserInsists(String request) {
        var before = talk.say("which model am I using?");
        assertThat(talk.say(request)).contains("does not list a model").contains("`llama-3.1-8b-instant`");
        assertThat(talk.say("which model am I using?"))
                .startsWith(before.lines().findFirst().orElseThrow());
        assertThat(talk.say("yes")).startsWith("Done.").contains("`llama-3.1-8b-instant`");
    }

    @Test
    void anotherProvidersKeyAtTheModelStepIsOfferedForThatProvider() {
        talk.say("switch to groq with my own key");
        assertThat(talk.say("sk-proj-abcdefghijklmnop1234"))
                .startsWith("I removed an API key")
                .contains("**OpenAI**");
        assertThat(talk.say("yes")).startsWith("Which model?");
    }

    @Test
    void whatAPasswordFieldAsksForBesideAKeyIsDone() {
        var data = Map.of(
                "threadId", "t", "message", "switch to openai, gpt-5.5: sk-proj-abcdefghijklmnop1234", "secret", true);
        assertThat(talk.app()
                        .call("sendChatMessage", data, "alice")
                        .path("message")
                        .path("content")
                        .stringValue())
                .startsWith("Done.");
        assertThat(talk.config().path("keyHint").stringValue()).isEqualTo("1234");
        assertThat(talk.stored().getFirst()).isEqualTo("[API key ending 1234]");
    }

    @Test
    void ofAPasswordFieldWithoutARequestOnlyTheKeyIsUsed() {
        var data = Map.of(
                "threadId", "t", "message", "my diary password hunter2 sk-proj-abcdefghijklmnop1234", "secret", true);
        assertThat(talk.app()
                        .call("sendChatMessage", data, "alice")
                        .path("message")
                        .path("content")
                        .stringValue())
                .contains("Should your chat use it?");
        assertThat(talk.stored()).noneMatch(content -> content.contains("hunter2"));
    }

    @Test
    void aFailedKeyCheckKeepsTheStoredConfig() {
        talk.say("switch to openai, gpt-5.5");
        talk.say("my-first-key-000-aaaa");
        talk.say("switch to claude, claude-sonnet-5-5");
        assertThat(talk.say("my-invalid-key-0000-bbbb")).contains("Nothing was changed");
        talk.say("cancel");
        assertThat(talk.config().path("provider").stringValue()).isEqualTo("openai");
        assertThat(talk.say("hello")).contains("aaaa");
    }
}

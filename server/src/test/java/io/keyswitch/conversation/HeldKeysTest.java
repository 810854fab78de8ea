package io.keyswitch.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.testing.TestApp;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Keys that are pasted before they are asked for: held encrypted for ten minutes, and used only as their user says. */
@Tag("database")
class HeldKeysTest {
    private static final String OPENAI_KEY = "sk-proj-abcdefghijklmnop1234";

    private final Talk talk = new Talk();
    private final TestApp app = talk.app();

    @AfterEach
    void close() {
        talk.close();
    }

    private List<String> options() {
        return app.call("getThread", Map.of("threadId", "t"), "alice")
                .path("flow")
                .path("options")
                .valueStream()
                .map(option -> option.path("label").stringValue())
                .toList();
    }

    private long held() throws SQLException {
        try (var connection = app.data().connect();
                var result = connection.createStatement().executeQuery("SELECT count(*) FROM held_key")) {
            assertThat(result.next()).isTrue();
            return result.getLong(1);
        }
    }

    @Test
    void aUserWhoWantsTheKeyDeletedMeansTheOneJustPasted() {
        talk.say("switch to claude");
        assertThat(talk.say("sk-ant-pasted-key-0000001a2b")).contains("Which model?");
        assertThat(talk.say("delete my API key")).isEqualTo("All right, I have deleted the key. Nothing was changed.");
        assertThat(talk.say("switch to claude, claude-sonnet-5-5")).contains("API key");
    }

    @Test
    void whoeverLeavesIsToldWhatBecomesOfTheKey() throws Exception {
        talk.say("switch to claude");
        talk.say("sk-ant-pasted-key-0000001a2b");
        assertThat(talk.say("never mind")).startsWith("All right, I have deleted the key. Nothing was changed.");
        assertThat(held()).isZero();
    }

    @Test
    void aPastedKeyIsOfferedAndUsedAfterAYes() throws Exception {
        assertThat(talk.say(OPENAI_KEY))
                .contains("looks like a key for **OpenAI**")
                .doesNotContain("abcdef");
        assertThat(options()).containsExactly("Yes, OpenAI", "No");
        assertThat(talk.config().isNull()).isTrue();
        assertThat(talk.say("yes")).startsWith("Which model?");
        assertThat(options()).contains("gpt-5.4-mini");
        assertThat(talk.say("gpt-5.4-mini")).startsWith("Done.");
        assertThat(talk.config().path("keyHint").stringValue()).isEqualTo("1234");
        assertThat(held()).isZero();
        assertThat(talk.stored().getFirst()).isEqualTo("[API key ending 1234]");
    }

    @Test
    void theRightKeyAfterAnotherOneEndsWhatWasBegun() throws Exception {
        talk.say("switch to claude, claude-sonnet-4-5");
        assertThat(talk.say(OPENAI_KEY)).contains("looks like a key for **OpenAI**");
        app.restart();
        assertThat(talk.say("sk-ant-pasted-key-0000001a2b")).startsWith("Done.").contains("`claude-sonnet-4-5`");
        assertThat(held()).isZero();
    }

    @Test
    void theInterruptedQuestionComesAgainAfterANo() throws Exception {
        talk.say("switch to claude, claude-sonnet-4-5");
        talk.say(OPENAI_KEY);
        assertThat(talk.say("no")).contains("I have deleted the key").contains("Please provide your API key.");
        assertThat(held()).isZero();
    }

    @Test
    void aKeyOfAnotherProvidersFormatIsNotSentToTheOneAskedFor() throws Exception {
        assertThat(talk.say("switch to claude, claude-sonnet-4-5")).contains("provide your API key");
        assertThat(talk.say(OPENAI_KEY)).contains("looks like a key for **OpenAI**");
        assertThat(talk.config().isNull()).isTrue();
        assertThat(talk.say("no")).contains("I have deleted the key");
        assertThat(held()).isZero();
    }

    @Test
    void aNoDeletesTheKeyAndChangesNothing() throws Exception {
        talk.say("look what I found: " + OPENAI_KEY);
        assertThat(held()).isOne();
        assertThat(talk.say("no")).isEqualTo("All right, I have deleted the key. Nothing was changed.");
        assertThat(held()).isZero();
        assertThat(talk.config().isNull()).isTrue();
    }

    @Test
    void whoeverWritesOnGetsAnAnswerAndTheKeyIsDeleted() throws Exception {
        talk.say(OPENAI_KEY);
        assertThat(talk.say("What is the capital of France?"))
                .startsWith("*(I have deleted the key that you pasted before; it was not used.)*")
                .contains("capital of France");
        assertThat(held()).isZero();
        assertThat(talk.say("yes")).doesNotContain("Which model");
    }

    @Test
    void aKeyAtTheModelQuestionIsTakenAndTheModelsAreListedWithIt() {
        talk.say("switch to openai");
        assertThat(options()).doesNotContain("gpt-5.4-mini");
        assertThat(talk.say(OPENAI_KEY)).contains("will use it for OpenAI").contains("Which model?");
        assertThat(options()).contains("gpt-5.4-mini");
        assertThat(talk.say("gpt-5.4-mini")).startsWith("Done.");
        assertThat(talk.config().path("keyHint").stringValue()).isEqualTo("1234");
    }

    @Test
    void aHeldKeyThatItsProviderRefusesIsDeletedAndAnotherOneAskedFor() throws Exception {
        talk.say("sk-proj-invalid-abcdefghijklmnop1234");
        talk.say("yes");
        assertThat(talk.say("gpt-5.5")).contains("does not accept this API key");
        assertThat(held()).isZero();
        assertThat(talk.say(OPENAI_KEY)).startsWith("Done.");
    }

    @Test
    void aKeyIsHeldForTenMinutesOnly() {
        talk.say(OPENAI_KEY);
        app.clock().advance(Duration.ofMinutes(10));
        assertThat(talk.say("yes")).contains("kept for ten minutes only");
        assertThat(talk.config().isNull()).isTrue();
    }

    @Test
    void aRestartErasesKeysWhoseTimeIsOver() throws Exception {
        talk.say(OPENAI_KEY);
        app.clock().advance(Duration.ofMinutes(11));
        app.restart();
        var deadline = System.nanoTime() + Duration.ofSeconds(5).toNanos();
        while (held() > 0 && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(held()).isZero();
    }

    @Test
    void aHeldKeySurvivesARestart() {
        talk.say(OPENAI_KEY);
        app.restart();
        assertThat(talk.say("yes")).startsWith("Which model?");
        assertThat(talk.say("gpt-5.5")).startsWith("Done.");
    }

    @Test
    @Tag("sqlite")
    void aHeldKeyIsStoredEncryptedAlone() throws Exception {
        talk.say(OPENAI_KEY);
        for (var suffix : List.of("", "-wal")) {
            var file = app.database().resolveSibling(app.database().getFileName() + suffix);
            if (Files.exists(file)) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .doesNotContain("abcdefghijklmnop1234");
            }
        }
    }

    @Test
    void aHeldKeyIsOfItsThreadAndUserAlone() {
        talk.say(OPENAI_KEY);
        assertThat(app.chat("alice", "another", "yes")).doesNotContain("Which model");
        assertThat(app.chat("bob", "t", "yes")).doesNotContain("Which model");
    }

    @Test
    void deletingAllKeysAndDeletingTheThreadDeleteTheHeldKey() throws Exception {
        talk.say(OPENAI_KEY);
        app.call("deleteUserModelConfig", Map.of(), "alice");
        assertThat(held()).isZero();
        talk.say(OPENAI_KEY);
        app.call("deleteThread", Map.of("threadId", "t"), "alice");
        assertThat(held()).isZero();
    }

    @Test
    void aKeyInsideALongMessageIsOfferedBesideTheAnswer() {
        var message = "why does this program print nothing at all when I run it on my machine with key = " + OPENAI_KEY
                + " in the settings";
        var reply = app.call("sendChatMessage", Map.of("threadId", "t", "message", message), "alice");
        var suggestion = reply.path("suggestions").path(0);
        assertThat(suggestion.path("label").stringValue()).isEqualTo("Use the key for OpenAI");
        assertThat(talk.say(suggestion.path("message").stringValue())).contains("Which model?");
        assertThat(talk.say("gpt-5.5")).startsWith("Done.");
        assertThat(talk.stored()).noneMatch(content -> content.contains("ijklmnop"));
    }

    @Test
    void aKeyFromAPasswordFieldIsOfferedToo() {
        var reply =
                app.call("sendChatMessage", Map.of("threadId", "t", "message", OPENAI_KEY, "secret", true), "alice");
        assertThat(reply.path("message").path("content").stringValue()).contains("looks like a key for **OpenAI**");
        assertThat(reply.path("storedAs").stringValue()).isEqualTo("[API key ending 1234]");
        assertThat(reply.path("flow").path("secret").booleanValue()).isFalse();
        assertThat(talk.say("yes")).startsWith("Which model?");
    }

    @Test
    void theOfferSpeaksTheLanguageOfTheThread() {
        talk.say("Welches Modell benutze ich?");
        assertThat(talk.say(OPENAI_KEY)).contains("Soll dein Chat ihn verwenden?");
        assertThat(talk.say("ja")).startsWith("Welches Modell?");
        assertThat(talk.say("abbrechen"))
                .startsWith("In Ordnung, ich habe den Schlüssel gelöscht. Es wurde nichts geändert.");
    }

    @Test
    void aSecretOfAnotherServiceIsRemovedAndNotOffered() throws Exception {
        JsonNode reply = app.call(
                "sendChatMessage", Map.of("threadId", "t", "message", "ghp_abcdefghijklmnopqrstuvwxyz012345"), "alice");
        assertThat(reply.path("message").path("content").stringValue()).startsWith("I removed an API key");
        assertThat(reply.has("flow")).isFalse();
        assertThat(held()).isZero();
    }

    @Test
    void whoeverMentionsAKeyToTheModelIsToldThatItIsHeld() {
        assertThat(
                        talk.say(
                                "my friend has sk-proj-abcdefghijklmnop1234 and asks whether that is a valid one at all, is it?"))
                .startsWith("*(I removed an API key from your message; no model has seen it.")
                .contains("kept encrypted for ten minutes");
        assertThat(talk.say("my friend has AKIAIOSFODNN7ABCDEFG and asks whether that is a valid one at all, is it?"))
                .contains("it was not stored");
    }
}

package io.keyswitch.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The message right after a change of the model may correct it. */
class CorrectionTest {
    private final Talk talk = new Talk();

    @BeforeEach
    void change() {
        talk.say("use the default key for groq, llama-3.3-70b-versatile");
        assertThat(talk.say("which model am I using?")).contains("**Groq**");
    }

    @AfterEach
    void close() {
        talk.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            no, gemini         | Gemini
            sorry, I meant claude | Anthropic
            ah no, openai      | OpenAI
            nein, gemini       | Gemini
            """)
    void anotherNameIsMeantInstead(String said, String named) {
        assertThat(talk.say(said)).contains(named);
    }

    @ParameterizedTest
    @ValueSource(strings = {"put it back how it was", "undo that", "go back", "vuelve a como estaba", "やっぱり戻して"})
    void theChangeIsUndone(String said) {
        talk.say(said);
        assertThat(talk.say("which model am I using?")).doesNotContain("llama-3.3-70b-versatile");
    }

    @ParameterizedTest
    @ValueSource(strings = {"only in this chat though", "aber nur in diesem Chat", "このチャットだけにして"})
    void theChangeIsKeptForThisThreadAlone(String said) {
        assertThat(talk.say(said)).contains("llama-3.3-70b-versatile");
        assertThat(talk.say("which model am I using?")).contains("llama-3.3-70b-versatile");
        assertThat(talk.elsewhere("which model am I using?")).doesNotContain("llama-3.3-70b-versatile");
        talk.say("/model undo");
        assertThat(talk.say("which model am I using?")).doesNotContain("llama-3.3-70b-versatile");
    }

    @Test
    void theNextMessageEndsIt() {
        assertThat(talk.say("undo the last git commit")).contains("imulator");
        assertThat(talk.say("no, openai")).contains("imulator");
        assertThat(talk.say("go back")).contains("imulator");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no, the other function",
                "turn on the light",
                "give me 10",
                "No, 12.",
                "a haiku please",
                "ok, let's have this conversation now",
                "use it everywhere, not only in this chat",
                "copilot"
            })
    void whatElseIsSaidIsForTheModel(String said) {
        assertThat(talk.say(said)).containsAnyOf("Simulator", "simulator", "simulated answer");
    }

    @Test
    void anotherThreadsChangeIsNotMoved() {
        talk.elsewhere("use the default key for gemini, gemini-3.8-flash");
        talk.say("only in this chat");
        assertThat(talk.elsewhere("which model am I using?")).contains("gemini-3.8-flash");
    }

    @Test
    void theSameChoiceOnceMoreLeavesNothingToPutBack() {
        talk.elsewhere("use the default key for gemini, gemini-3.8-flash");
        talk.elsewhere("use the default key for gemini, gemini-3.8-flash");
        talk.elsewhere("only in this chat");
        assertThat(talk.say("which model am I using?")).contains("gemini-3.8-flash");
    }
}

package io.keyswitch.simulator;

import io.keyswitch.simulator.Reply.Pace;
import io.keyswitch.simulator.Reply.Script;
import java.util.List;

/**
 * The answer of a model, independent of the wire format.
 *
 * @param thinking the words of the reasoning; usually empty
 * @param words the words of the answer
 */
record Answer(Scenario scenario, List<String> thinking, List<String> words, Finish finish, int promptTokens) {
    private static final int WORDS_BEFORE_TROUBLE = 6;
    private static final int LONG = 2_000;
    private static final String THOUGHT =
            "The writer wants to be heard before anything else. I will start from their own"
                    + " words, keep it short, and end with one question.";

    /** The finish reason. */
    enum Finish {
        STOP,
        LENGTH,
        BLOCKED,
        CUT,
        ERROR
    }

    static Answer to(Prompt prompt) {
        var scenario = prompt.scenario();
        var thinking = scenario == Scenario.THINKING ? Words.of(THOUGHT) : List.<String>of();
        var words = Words.of(text(prompt));
        var finish = Finish.STOP;
        if (scenario == Scenario.CUT_MIDSTREAM || scenario == Scenario.ERROR_MIDSTREAM) {
            words = words.subList(0, Math.min(WORDS_BEFORE_TROUBLE, words.size()));
            finish = scenario == Scenario.CUT_MIDSTREAM ? Finish.CUT : Finish.ERROR;
        } else if (scenario == Scenario.BLOCKED) {
            finish = Finish.BLOCKED;
        } else if (!scenario.exact() && Words.tokens(thinking) + Words.tokens(words) > prompt.maxTokens()) {
            words = Words.within(words, Math.max(0, prompt.maxTokens() - Words.tokens(thinking)));
            finish = Finish.LENGTH;
        }
        return new Answer(
                scenario, thinking, words, finish, prompt.conversation().tokens());
    }

    private static String text(Prompt prompt) {
        return switch (prompt.scenario()) {
            case ECHO -> prompt.conversation().lastUserText();
            case HISTORY -> prompt.conversation().history();
            case LONG -> Companion.longAnswer(LONG);
            case EMPTY, BLOCKED -> "";
            case ANSWER, SLOW, THINKING, NO_STREAM, CUT_MIDSTREAM, ERROR_MIDSTREAM -> Companion.answer(prompt);
            case OVERLOADED, RATE_LIMITED, SERVER_ERROR, CONTEXT_TOO_LONG, SILENT, HANG -> "";
        };
    }

    String text() {
        return String.join("", words);
    }

    String thought() {
        return String.join("", thinking);
    }

    int thinkingTokens() {
        return Words.tokens(thinking);
    }

    int textTokens() {
        return Words.tokens(words);
    }

    /** The number of output tokens, including reasoning. */
    int tokens() {
        return thinkingTokens() + textTokens();
    }

    /** The delivery: length, ending and pace. */
    Script script() {
        var pace = scenario == Scenario.SLOW ? Pace.ONE_SECOND_A_WORD : Pace.USUAL;
        return new Script(thinking.size() + words.size(), scenario.ending(), pace);
    }
}

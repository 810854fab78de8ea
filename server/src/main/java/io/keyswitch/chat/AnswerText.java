package io.keyswitch.chat;

import io.keyswitch.chat.StoredMessage.Status;
import io.keyswitch.chat.Turns.Outcome;
import io.keyswitch.core.Reason;
import io.keyswitch.llm.LlmException;
import io.keyswitch.llm.LlmFailure;

/** Writes a running answer: the model's text and the notices by Keyswitch before it. Not thread-safe. */
final class AnswerText {
    /** Far above the output limit of any model; a longer answer counts as broken. */
    private static final int MAX_CHARACTERS = 1_000_000;

    private final RunningAnswer answer;
    private String beforeText = "";

    AnswerText(RunningAnswer answer) {
        this.answer = answer;
    }

    /** Puts a notice by Keyswitch before the model's text. */
    void notice(String words) {
        answer.append(words);
    }

    /** Puts a notice by Keyswitch before the model's text as soon as that arrives. */
    void noticeBeforeText(String words) {
        beforeText = words;
    }

    void add(String piece) {
        if (!beforeText.isEmpty()) {
            var words = beforeText;
            beforeText = "";
            notice(words);
        }
        if (answer.length() + piece.length() > MAX_CHARACTERS) {
            throw new LlmException(LlmFailure.of(Reason.BROKEN_ANSWER));
        }
        if (!piece.isEmpty()) {
            answer.begin();
        }
        // As it will be stored: PostgreSQL stores no U+0000.
        answer.append(piece.replace('\0', '\uFFFD'));
    }

    /** Whether any text of the model has arrived. */
    boolean hasBegun() {
        return answer.hasBegun();
    }

    Outcome soFar(Status status) {
        return new Outcome(status, hasBegun() ? answer.text() : "");
    }
}

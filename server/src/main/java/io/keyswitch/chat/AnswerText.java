package io.keyswitch.chat;

import io.keyswitch.chat.StoredMessage.Status;
import io.keyswitch.chat.Turns.Outcome;
import io.keyswitch.core.Reason;
import io.keyswitch.llm.LlmException;
import io.keyswitch.llm.LlmFailure;

/** Collects an answer and passes each delta to a sink. Not thread-safe. */
final class AnswerText {
    /** Far above the output limit of any model; a longer answer counts as broken. */
    private static final int MAX_CHARACTERS = 1_000_000;

    private final DeltaSink sink;
    private final StringBuilder text = new StringBuilder();
    private int ownWords;
    private String beforeText = "";

    AnswerText(DeltaSink sink) {
        this.sink = sink;
    }

    /** Puts a notice by Keyswitch before the model's text. */
    void notice(String words) {
        text.append(words);
        ownWords = text.length();
        sink.delta(words);
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
        if (text.length() + piece.length() > MAX_CHARACTERS) {
            throw new LlmException(LlmFailure.of(Reason.BROKEN_ANSWER));
        }
        text.append(piece);
        sink.delta(piece);
    }

    /** Whether any text of the model has arrived. */
    boolean hasBegun() {
        return text.length() > ownWords;
    }

    Outcome soFar(Status status) {
        return new Outcome(status, hasBegun() ? text.toString() : "");
    }
}

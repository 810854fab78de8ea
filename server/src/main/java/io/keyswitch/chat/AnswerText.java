package io.keyswitch.chat;

import io.keyswitch.chat.StoredMessage.Status;
import io.keyswitch.chat.Turns.Outcome;
import io.keyswitch.core.Reason;
import io.keyswitch.llm.LlmException;
import io.keyswitch.llm.LlmFailure;

/** An answer as it grows, handed on piece by piece. Not thread-safe. */
final class AnswerText {
    /** Far above what any model writes at once; what is beyond is no answer. */
    private static final int MAX_CHARACTERS = 1_000_000;

    private final DeltaSink sink;
    private final StringBuilder text = new StringBuilder();
    private int ownWords;

    AnswerText(DeltaSink sink) {
        this.sink = sink;
    }

    /** Words of our own to stand before the model's. */
    void notice(String words) {
        text.append(words);
        ownWords = text.length();
        sink.delta(words);
    }

    void add(String piece) {
        if (text.length() + piece.length() > MAX_CHARACTERS) {
            throw new LlmException(LlmFailure.of(Reason.BROKEN_ANSWER));
        }
        text.append(piece);
        sink.delta(piece);
    }

    /** Whether the model has said anything. */
    boolean hasBegun() {
        return text.length() > ownWords;
    }

    Outcome soFar(Status status) {
        return new Outcome(status, hasBegun() ? text.toString() : "");
    }
}

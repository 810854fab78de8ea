package io.keyswitch.llm.wire.openai;

import io.keyswitch.llm.wire.EventList;
import java.util.List;

/**
 * Tells reasoning from the answer where a model writes both into one text: an answer that begins with {@code <think>} or a tag
 * like it is reasoning up to the end tag. Not thread-safe.
 */
final class InlineReasoning {
    private static final List<String> TAGS = List.of("think", "thinking", "thought", "reasoning");

    private enum State {
        BEFORE,
        INSIDE,
        BEHIND,
        ANSWER
    }

    private State state = State.BEFORE;
    private String held = "";
    private String endTag = "";

    /** Adds a piece of text; what may be a part of a tag is held back. */
    void add(String piece, EventList events) {
        held += piece;
        if (state == State.BEFORE) {
            begin();
        }
        if (state == State.INSIDE) {
            think(events);
        }
        if (state == State.BEHIND) {
            held = held.stripLeading();
            state = held.isEmpty() ? State.BEHIND : State.ANSWER;
        }
        if (state == State.ANSWER) {
            events.text(held);
            held = "";
        }
    }

    private void begin() {
        var text = held.stripLeading();
        for (var tag : TAGS) {
            var beginTag = "<" + tag + ">";
            if (text.startsWith(beginTag)) {
                state = State.INSIDE;
                endTag = "</" + tag + ">";
                held = text.substring(beginTag.length());
                return;
            }
        }
        boolean undecided = TAGS.stream().anyMatch(tag -> ("<" + tag + ">").startsWith(text));
        state = undecided ? State.BEFORE : State.ANSWER;
    }

    private void think(EventList events) {
        int end = held.indexOf(endTag);
        if (end >= 0) {
            events.reasoning(held.substring(0, end));
            held = held.substring(end + endTag.length());
            state = State.BEHIND;
        } else {
            int certain = Math.max(0, held.length() - endTag.length() + 1);
            events.reasoning(held.substring(0, certain));
            held = held.substring(certain);
        }
    }

    /** Adds what was held back; called at the end of the answer. */
    void end(EventList events) {
        switch (state) {
            case BEFORE, ANSWER -> events.text(held);
            case INSIDE -> events.reasoning(held);
            case BEHIND -> {}
        }
        held = "";
    }
}

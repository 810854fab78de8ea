package io.keyswitch.understanding;

import java.util.Locale;

/** A sign of what a message at a question of the flow means, amid words that no lexicon need know. */
public enum Cue {
    /** To end the flow: "too complicated, leave it as it is". */
    LEAVE,
    BACK,
    /** To go on with what is stored. */
    KEEP,
    /** The user's own key. */
    OWN,
    /** The key of the app. */
    PROJECT,
    /** No preference: "you choose". */
    ANY,
    /** No answer yet: "one moment". */
    WAIT,
    HELP,
    /** A question, whatever about. */
    QUESTION,
    /** What questions in the flow are about: what to choose, where to get it, what it costs, whether it is safe. */
    TOPIC,
    /** Who sees a key, how it is stored and for how long. */
    SAFE,
    COST,
    /** Whether the choice can be changed again, and what becomes of other chats. */
    LATER,
    /** What is not so, or no longer: "the old key leaked". */
    NOT;

    /** The name of its list in a lexicon. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}

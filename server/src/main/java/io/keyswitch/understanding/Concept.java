package io.keyswitch.understanding;

import java.util.Locale;

/** A class of words: what a word or phrase can mean in a request. A lexicon lists the words of each. */
enum Concept {
    // Verbs
    CHANGE,
    USE,
    UNDO,
    BACK,
    /** Those of BACK that also ask to do the same once more. */
    AGAIN,
    RESET,
    DELETE,
    UPDATE,
    ADD,
    SHOW,

    // What they are about
    MODEL,
    PROVIDER,
    KEY,
    ALL_KEYS,
    SETTINGS,
    AI,
    /** Whom the message is for: "you". */
    YOU,

    // Which of them
    OTHER,
    PREVIOUS,
    DEFAULT,
    NEW,
    OWN,
    MY,
    APP,
    ONLY,
    THIS_CHAT,
    EVERYWHERE,
    CURRENT,
    AVAILABLE,
    STORED,

    // Questions
    WHICH,
    WHOSE,
    HOW,
    RUNNING,
    HELP,

    // Relations. What is named behind INSTEAD or before INSTEAD_AFTER is not wanted.
    FROM,
    FROM_AFTER,
    TO,
    INSTEAD,
    INSTEAD_AFTER,
    OR,

    /** Why the user wants it: adds nothing. */
    REASON,
    /** Begins a reason that lasts to the end of its clause, whatever its words. */
    BECAUSE,
    /** Begins what is to be done after the request. */
    THEN,
    /** What was said or meant before, which corrects a name: "I said deepseek, not groq"; else a statement. */
    SAID,
    /** The past, a habit, somebody else, a supposition: no request. */
    STATEMENT,
    /** Another matter: neither a request nor worth a suggestion. */
    OUTSIDE,
    POLITE,
    FILLER;

    /** The name of its list in a lexicon. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}

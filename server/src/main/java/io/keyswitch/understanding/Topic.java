package io.keyswitch.understanding;

/** What a question about the flow is about, in the order in which it is explained. */
public enum Topic {
    PROVIDER,
    MODEL,
    KEY,
    /** The key of the app, or one's own. */
    KEY_SOURCE,
    /** Whether the choice can be changed again, and what becomes of other chats. */
    LATER,
    /** Who sees a key, how it is stored and for how long. */
    SAFETY,
    COST
}

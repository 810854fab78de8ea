package io.keyswitch.understanding;

/** An answer of fixed meaning to a question of the flow. */
public enum FixedAnswer {
    CANCEL,
    BACK,
    HELP,
    YES,
    NO,
    KEEP,
    OWN,
    /** "Default": the app's key, or the default model where a model is asked for. */
    PROJECT,
    ANY
}

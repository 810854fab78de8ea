package io.keyswitch.language;

import java.util.Locale;

/** The sentences outside failures. Each is in the file of every language, under {@link #key}. */
public enum Sentence {
    PARTIAL_ANSWER_KEPT,
    TRY_AGAIN_IN,
    DID_YOU_MEAN_MODEL,
    WARNING_KEY_REFUSED,
    WARNING_NOT_PERMITTED,
    WARNING_UNKNOWN_MODEL,
    WARNING_NO_CREDIT,
    WARNING_RATE_LIMITED,
    WARNING_UNCHECKED;

    String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}

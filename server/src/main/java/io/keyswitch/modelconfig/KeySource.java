package io.keyswitch.modelconfig;

import java.util.Locale;

/** Whose key pays. */
public enum KeySource {
    /** The operator's. */
    PROJECT,
    /** The user's. */
    OWN;

    /** The word used in the API and the database. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static KeySource ofWord(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}

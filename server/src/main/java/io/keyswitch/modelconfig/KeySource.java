package io.keyswitch.modelconfig;

import java.util.Locale;

/** The owner of the key that is billed. */
public enum KeySource {
    /** The operator's key. */
    PROJECT,
    /** The user's own key. */
    OWN;

    /** The value used in the API and the database. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static KeySource ofWord(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}

package io.keyswitch.swarmspace.registry;

import java.util.Locale;

/** What a user's plan includes; each tier includes those before it. */
public enum Tier {
    FREE,
    STANDARD,
    PREMIUM;

    /** Whether a user of this tier may use what needs another. */
    public boolean includes(Tier required) {
        return compareTo(required) >= 0;
    }

    /** The word used in the API, the settings and towards workers. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

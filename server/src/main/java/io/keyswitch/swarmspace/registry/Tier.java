package io.keyswitch.swarmspace.registry;

import java.util.Locale;

/** The level of a user's plan; each tier includes those before it. */
public enum Tier {
    FREE,
    STANDARD,
    PREMIUM;

    /** Whether this tier includes a required one. */
    public boolean includes(Tier required) {
        return compareTo(required) >= 0;
    }

    /** The value used in the API, the settings and requests to workers. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

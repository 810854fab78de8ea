package io.keyswitch.simulator;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The API key of a call, which also decides how the call is treated. Prints without the key. */
record Key(String value) {
    private static final int SHORTEST = 8;

    /** What stands between this key and a model listing or key check; null if nothing does. */
    @Nullable
    Problem onListing() {
        if (value.isEmpty()) {
            return Problem.MISSING_KEY;
        }
        if (value.length() < SHORTEST || says("invalid")) {
            return Problem.INVALID_KEY;
        }
        if (says("ratelimited")) {
            return Problem.RATE_LIMITED;
        }
        if (says("overloaded")) {
            return Problem.OVERLOADED;
        }
        return says("restricted") ? Problem.RESTRICTED : null;
    }

    /** What stands between this key and an answer; null if nothing does. */
    @Nullable
    Problem onChat() {
        var problem = onListing();
        if (problem == Problem.MISSING_KEY || problem == Problem.INVALID_KEY) {
            return problem;
        }
        if (says("nocredit")) {
            return Problem.NO_CREDIT;
        }
        return problem == Problem.RESTRICTED ? null : problem;
    }

    /** The last four characters; none of a key too short to keep the rest secret. */
    String ending() {
        return value.length() < SHORTEST ? "" : value.substring(value.length() - 4);
    }

    /** The key as providers quote it in errors. */
    String masked() {
        return "********" + ending();
    }

    private boolean says(String word) {
        return value.toLowerCase(Locale.ROOT).contains(word);
    }

    @Override
    public String toString() {
        return "Key[" + masked() + "]";
    }
}

package io.keyswitch.simulator;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The API key of a request; words that it contains select an error. {@code toString} masks it. */
record Key(String value) {
    private static final int SHORTEST = 8;

    /** The error for a model listing or key check with this key; null if there is none. */
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

    /** The error for a chat request with this key; null if there is none. */
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

    /** The last four characters; empty for a key shorter than 8 characters. */
    String ending() {
        return value.length() < SHORTEST ? "" : value.substring(value.length() - 4);
    }

    /** The masked key, as in provider error messages. */
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

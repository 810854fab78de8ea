package io.keyswitch.provider;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a provider with an account id in its URL expects of it.
 *
 * @param label what the provider calls it
 * @param pattern what the whole id must match before it may enter a URL
 * @param help one sentence on where to find it
 */
public record AccountIdRule(String label, Pattern pattern, String help) {
    /** Whatever the pattern allows, an id stays within its segment of the path. */
    private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*");

    public boolean accepts(String accountId) {
        return SEGMENT.matcher(accountId).matches()
                && pattern.matcher(accountId).matches();
    }

    /**
     * An account id as somebody typed it: capitals do not matter where the rule knows small letters alone.
     *
     * @return null if it is not accepted
     */
    public @Nullable String read(String typed) {
        var lowerCased = typed.toLowerCase(Locale.ROOT);
        return accepts(lowerCased) ? lowerCased : accepts(typed) ? typed : null;
    }
}

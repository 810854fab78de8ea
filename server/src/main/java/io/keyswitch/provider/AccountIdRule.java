package io.keyswitch.provider;

import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rule for account IDs of a provider with an account ID in its URL.
 *
 * @param label the provider's name for the account ID
 * @param pattern must match the whole ID before it is put in a URL
 * @param help one sentence on where to find it
 */
public record AccountIdRule(String label, Pattern pattern, String help) {
    /** Also required, so that an ID stays within its path segment whatever the pattern allows. */
    private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*");

    private static final Pattern URL = Pattern.compile("https?://\\S+");
    private static final Pattern BOUNDARY = Pattern.compile("[/?#&=:]+");

    public boolean accepts(String accountId) {
        return SEGMENT.matcher(accountId).matches()
                && pattern.matcher(accountId).matches();
    }

    /**
     * Normalises a typed account ID: lower-cases it if the rule accepts the result. Of a URL, such as a dashboard's, it is the only
     * part that the rule accepts.
     *
     * @return null if nothing is accepted
     */
    public @Nullable String read(String typed) {
        var whole = normalised(typed);
        return whole == null && URL.matcher(typed).matches() ? onlyPart(typed) : whole;
    }

    private @Nullable String normalised(String typed) {
        var lowerCased = typed.toLowerCase(Locale.ROOT);
        return accepts(lowerCased) ? lowerCased : accepts(typed) ? typed : null;
    }

    private @Nullable String onlyPart(String url) {
        var parts = BOUNDARY.splitAsStream(url)
                .flatMap(part -> Stream.ofNullable(normalised(part)))
                .distinct()
                .toList();
        return parts.size() == 1 ? parts.getFirst() : null;
    }
}

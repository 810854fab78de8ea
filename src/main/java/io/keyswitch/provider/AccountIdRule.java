package io.keyswitch.provider;

import java.util.regex.Pattern;

/**
 * What a provider with an account id in its URL expects of it.
 *
 * @param label what the provider calls it
 * @param pattern what the whole id must match before it may enter a URL
 * @param help one sentence on where to find it
 */
public record AccountIdRule(String label, Pattern pattern, String help) {
    public boolean accepts(String accountId) {
        return pattern.matcher(accountId).matches();
    }
}

package io.keyswitch.auth;

import io.keyswitch.core.Sha256;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The token of an {@code Authorization} header.
 *
 * @param value a JWT or a personal token; not verified
 * @param sha256 its digest, by which tokens are stored and cached
 */
record BearerToken(String value, String sha256) {
    private static final Pattern HEADER = Pattern.compile("(?i:bearer) +([A-Za-z0-9._-]+) *");
    private static final int MAX_LENGTH = 16 << 10;

    /** The token of a header; null if it has none, or not a usual one. */
    static @Nullable BearerToken in(@Nullable String header) {
        var matcher = HEADER.matcher(header == null ? "" : header);
        if (!matcher.matches() || matcher.group(1).length() > MAX_LENGTH) {
            return null;
        }
        var value = matcher.group(1);
        return new BearerToken(value, Sha256.hex(value));
    }

    boolean isPersonal() {
        return value.startsWith(PersonalTokens.PREFIX);
    }

    @Override
    public String toString() {
        return "BearerToken[not shown]";
    }
}

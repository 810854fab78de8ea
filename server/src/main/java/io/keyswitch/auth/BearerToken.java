package io.keyswitch.auth;

import io.keyswitch.core.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * The token of an {@code Authorization} header.
 *
 * @param value a JWT or a personal token; not verified
 * @param sha256 its digest, by which tokens are stored and cached
 */
record BearerToken(String value, String sha256) {
    private static final String SCHEME = "bearer ";
    private static final int MAX_LENGTH = 16 << 10;

    /** The token of a header; null if it has none, or not a usual one. Read by hand, because each request needs it. */
    static @Nullable BearerToken in(@Nullable String header) {
        if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return null;
        }
        int from = SCHEME.length();
        int to = header.length();
        while (from < to && header.charAt(from) == ' ') {
            from++;
        }
        while (from < to && header.charAt(to - 1) == ' ') {
            to--;
        }
        var value = header.substring(from, to);
        return value.isEmpty() || value.length() > MAX_LENGTH || !isUsual(value)
                ? null
                : new BearerToken(value, Sha256.hex(value));
    }

    private static boolean isUsual(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean isLetterOrDigit = c < 0x80 && Character.isLetterOrDigit(c);
            if (!isLetterOrDigit && "._-".indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    boolean isPersonal() {
        return value.startsWith(PersonalTokens.PREFIX);
    }

    @Override
    public String toString() {
        return "BearerToken[not shown]";
    }
}

package io.keyswitch.llm.transport;

import io.keyswitch.secret.ApiKey;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Masks a key in forwarded responses, because some providers echo it in errors and logs. */
final class KeyScrub {
    private final byte[] key;
    private @Nullable Pattern escaped;

    KeyScrub(ApiKey key) {
        this.key = key.reveal().getBytes(StandardCharsets.US_ASCII);
    }

    /** Compiled on first use, because it is rarely needed. */
    private Pattern escaped() {
        var known = escaped;
        if (known == null) {
            known = Pattern.compile(new String(key, StandardCharsets.US_ASCII)
                    .chars()
                    .mapToObj(KeyScrub::escapable)
                    .collect(Collectors.joining()));
            escaped = known;
        }
        return known;
    }

    /** A regular expression for a character in any of its JSON notations. */
    private static String escapable(int character) {
        return "(?:\\\\?%s|\\\\u(?i:%04x))".formatted(Pattern.quote(Character.toString(character)), character);
    }

    /**
     * Overwrites the key with asterisks, in place.
     *
     * @return the same array
     */
    byte[] scrub(byte[] bytes) {
        for (int at = indexOf(bytes, 0); at >= 0; at = indexOf(bytes, at + key.length)) {
            Arrays.fill(bytes, at, at + key.length, (byte) '*');
        }
        if (mayEscape(bytes)) {
            var matcher = escaped().matcher(new String(bytes, StandardCharsets.ISO_8859_1));
            while (matcher.find()) {
                Arrays.fill(bytes, matcher.start(), matcher.end(), (byte) '*');
            }
        }
        return bytes;
    }

    /**
     * Whether key characters may be JSON-escaped; false for most responses, so that they skip the regular expression.
     */
    private static boolean mayEscape(byte[] bytes) {
        for (int i = 0; i < bytes.length - 1; i++) {
            if (bytes[i] == '\\' && (bytes[i + 1] == 'u' || bytes[i + 1] == '/')) {
                return true;
            }
        }
        return false;
    }

    private int indexOf(byte[] bytes, int from) {
        for (int i = from; i <= bytes.length - key.length; i++) {
            if (bytes[i] == key[0] && Arrays.equals(bytes, i, i + key.length, key, 0, key.length)) {
                return i;
            }
        }
        return -1;
    }
}

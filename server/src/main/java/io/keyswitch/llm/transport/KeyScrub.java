package io.keyswitch.llm.transport;

import io.keyswitch.secret.ApiKey;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Masks a key in forwarded responses, because some providers echo it in errors and logs. */
final class KeyScrub {
    private final String key;
    private @Nullable Pattern escaped;

    KeyScrub(ApiKey key) {
        this.key = key.reveal();
    }

    /** Compiled on first use, because it is rarely needed. */
    private Pattern escaped() {
        var known = escaped;
        if (known == null) {
            known = Pattern.compile(key.chars().mapToObj(KeyScrub::escapable).collect(Collectors.joining()));
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
        // The JVM searches strings of ISO 8859-1 many bytes at a time; a key is ASCII.
        var text = new String(bytes, StandardCharsets.ISO_8859_1);
        for (int at = text.indexOf(key); at >= 0; at = text.indexOf(key, at + key.length())) {
            Arrays.fill(bytes, at, at + key.length(), (byte) '*');
        }
        if (text.contains("\\u") || text.contains("\\/")) {
            maskEscaped(bytes, text);
        }
        return bytes;
    }

    private void maskEscaped(byte[] bytes, String text) {
        var matcher = escaped().matcher(text);
        while (matcher.find()) {
            Arrays.fill(bytes, matcher.start(), matcher.end(), (byte) '*');
        }
    }
}

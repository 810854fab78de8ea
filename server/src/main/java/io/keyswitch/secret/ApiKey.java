package io.keyswitch.secret;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A provider's key. Prints as {@code ApiKey[••••1a2b]}, cannot be serialised and is compared in constant time.
 *
 * <p>Keys are never judged by their pattern: providers change theirs. Refused is only what could not be a header's value.
 */
public final class ApiKey {
    public static final int MIN_LENGTH = 8;
    public static final int MAX_LENGTH = 512;
    private static final int HINT_LENGTH = 4;
    private static final Pattern VISIBLE_ASCII = Pattern.compile("[\\x21-\\x7e]+");

    private final String value;
    private volatile @Nullable String fingerprint;
    private volatile @Nullable KeySpellings spellings;

    private ApiKey(String value) {
        this.value = value;
    }

    /**
     * A key from its text.
     *
     * @throws IllegalArgumentException if {@link #isValid} says no; the message does not quote the text
     */
    public static ApiKey of(String text) {
        if (!isValid(text)) {
            throw new IllegalArgumentException("an API key has 8 to 512 visible ASCII characters and no blanks");
        }
        return new ApiKey(text);
    }

    /** Whether the text could be a key: 8 to 512 visible ASCII characters, so that it can stand in a header. */
    public static boolean isValid(String text) {
        return text.length() >= MIN_LENGTH
                && text.length() <= MAX_LENGTH
                && VISIBLE_ASCII.matcher(text).matches();
    }

    /** The last four characters: all that is ever shown of a key after it was entered. */
    public String hint() {
        return value.substring(value.length() - HINT_LENGTH);
    }

    /** What takes the place of the key in a stored message. */
    public String placeholder() {
        return "[API key ending " + hint() + "]";
    }

    /** Whether a string holds this key. */
    public boolean isIn(String text) {
        return text.contains(value);
    }

    /** A string with the {@link #placeholder} wherever it held this key in any of the forms of {@link #replacedIn}. */
    public String removedFrom(String text) {
        return replacedIn(text, placeholder());
    }

    /**
     * A string with something else wherever it held this key: as it is, in base64 or hexadecimal, broken by blanks or invisible
     * characters, in other forms of its letters, or escaped as in URLs, JSON and HTML.
     */
    public String replacedIn(String text, String replacement) {
        var known = spellings;
        if (known == null) {
            known = KeySpellings.of(value);
            spellings = known;
        }
        return known.replacedIn(text, replacement);
    }

    /** Stands for the key where uses of one key are counted or remembered: its SHA-256, which does not lead back to it. */
    public String fingerprint() {
        var known = fingerprint;
        if (known == null) {
            known = Sha256.hex(value);
            fingerprint = known;
        }
        return known;
    }

    /** The key itself. Only for the header of a request to the provider and for the vault. */
    public String reveal() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ApiKey key && MessageDigest.isEqual(utf8(value), utf8(key.value));
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "ApiKey[••••" + hint() + "]";
    }
}

package io.keyswitch.secret;

import io.keyswitch.core.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * A provider's key. Prints as {@code ApiKey[••••1a2b]}, cannot be serialised and is compared in constant time.
 *
 * <p>Keys are not validated by their format, because providers change theirs; only strings that cannot be a header
 * value are rejected.
 */
public final class ApiKey {
    public static final int MIN_LENGTH = 8;
    public static final int MAX_LENGTH = 512;
    private static final int HINT_LENGTH = 4;

    private final String value;
    private volatile @Nullable String fingerprint;
    private volatile @Nullable KeySpellings spellings;

    private ApiKey(String value) {
        this.value = value;
    }

    /**
     * Creates a key from a string.
     *
     * @throws IllegalArgumentException if it is not {@link #isValid}; the message does not contain the string
     */
    public static ApiKey of(String text) {
        if (!isValid(text)) {
            throw new IllegalArgumentException("an API key has 8 to 512 visible ASCII characters and no blanks");
        }
        return new ApiKey(text);
    }

    /** Whether a string can be a key: 8 to 512 visible ASCII characters, so that it can be a header value. */
    public static boolean isValid(String text) {
        return text.length() >= MIN_LENGTH && text.length() <= MAX_LENGTH && isVisibleAscii(text);
    }

    private static boolean isVisibleAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c >= 0x7f) {
                return false;
            }
        }
        return true;
    }

    /** The last four characters, the only part of a key that is ever shown. */
    public String hint() {
        return value.substring(value.length() - HINT_LENGTH);
    }

    /** The replacement for the key in stored messages. */
    public String placeholder() {
        return "[API key ending " + hint() + "]";
    }

    /** Whether the key begins with a prefix. */
    public boolean hasPrefix(String prefix) {
        return value.startsWith(prefix);
    }

    /** Whether a string contains this key in plaintext. */
    public boolean isIn(String text) {
        return text.contains(value);
    }

    /** Replaces this key with its {@link #placeholder} wherever {@link #replacedIn} finds it. */
    public String removedFrom(String text) {
        return replacedIn(text, placeholder());
    }

    /**
     * Replaces this key in a string: in plaintext, base64 or hexadecimal, split by whitespace or invisible characters,
     * in Unicode compatibility forms, or escaped as in URLs, JSON and HTML.
     */
    public String replacedIn(String text, String replacement) {
        var known = spellings;
        if (known == null) {
            known = KeySpellings.of(value);
            spellings = known;
        }
        return known.replacedIn(text, replacement);
    }

    /** The SHA-256 of the key in hexadecimal, which identifies it in caches and limits without revealing it. */
    public String fingerprint() {
        var known = fingerprint;
        if (known == null) {
            known = Sha256.hex(value);
            fingerprint = known;
        }
        return known;
    }

    /** The key in plaintext. Only for requests to providers and workers, for redaction and for the vault. */
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

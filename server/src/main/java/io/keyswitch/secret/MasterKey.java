package io.keyswitch.secret;

import io.keyswitch.core.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key that encrypts stored keys: 256 bits, written as 64 hex characters.
 *
 * @param id identifies the key in the records that it encrypted; derived from the key, so that it needs no
 *     configuration
 */
public record MasterKey(String id, SecretKey secret) {
    public static final int HEX_LENGTH = 64;
    static final int ID_BYTES = 4;
    private static final int MIN_DISTINCT_BYTES = 8;
    private static final Pattern HEX = Pattern.compile("[0-9a-f]+");

    /** Keys from published documents and tutorials, which are not secret. */
    private static final Set<String> EXAMPLES = Set.of(
            "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
            "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
            "603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4",
            "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308",
            // SHA-256 of "", "password", "secret", "changeme" and "test".
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8",
            "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b",
            "057ba03d6c44104863dc7361fe4578965d1887360f90a0895882e58a6248fc86",
            "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08");

    /**
     * Parses a key of 64 hex characters.
     *
     * @throws IllegalArgumentException if the string has a wrong length, is not hex, is not random or is a known
     *     example; the message says which and does not contain the string
     */
    public static MasterKey parse(String hex) {
        var text = hex.strip().toLowerCase(Locale.ROOT);
        if (text.isEmpty()) {
            throw new IllegalArgumentException("holds an empty key beside a comma");
        }
        if (!HEX.matcher(text).matches()) {
            throw new IllegalArgumentException("is not hexadecimal");
        }
        if (text.length() != HEX_LENGTH) {
            throw new IllegalArgumentException("has %d characters instead of 64".formatted(text.length()));
        }
        if (EXAMPLES.contains(text)) {
            throw new IllegalArgumentException("is a published example");
        }
        var bytes = HexFormat.of().parseHex(text);
        if (distinct(bytes) < MIN_DISTINCT_BYTES || isRepeated(text) || isStepwise(bytes)) {
            throw new IllegalArgumentException("repeats itself instead of being random");
        }
        return new MasterKey(idOf(bytes), new SecretKeySpec(bytes, "AES"));
    }

    private static long distinct(byte[] bytes) {
        return IntStream.range(0, bytes.length).map(i -> bytes[i]).distinct().count();
    }

    /** Whether the string is a shorter one repeated. */
    private static boolean isRepeated(String text) {
        return IntStream.of(2, 4, 8, 16, 32)
                .anyMatch(period -> text.equals(text.substring(0, period).repeat(text.length() / period)));
    }

    /** Whether consecutive bytes all differ by the same amount. */
    private static boolean isStepwise(byte[] bytes) {
        return IntStream.range(2, bytes.length)
                .allMatch(i -> (byte) (bytes[i] - bytes[i - 1]) == (byte) (bytes[1] - bytes[0]));
    }

    private static String idOf(byte[] key) {
        var digest = Sha256.of("keyswitch master key id".getBytes(StandardCharsets.US_ASCII), key);
        return HexFormat.of().formatHex(digest, 0, ID_BYTES);
    }

    @Override
    public String toString() {
        return "MasterKey[" + id + "]";
    }
}

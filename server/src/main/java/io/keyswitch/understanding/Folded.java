package io.keyswitch.understanding;

import java.text.Normalizer;
import java.util.Locale;

/**
 * Text as lexicons and messages are compared: compatibility forms unified, lower case, straight quotes, no invisible characters;
 * letters that are written in two ways in one.
 */
final class Folded {
    private static final String ARABIC_MARKS = "[\\u064B-\\u065F\\u0670\\u0640]";

    private Folded() {}

    static String of(String text) {
        return withLatinDigits(Normalizer.normalize(text, Normalizer.Form.NFKC))
                .toLowerCase(Locale.ROOT)
                .replaceAll("[‘’ʼ`´′]", "'")
                .replaceAll("[“”„«»‹›「」『』《》〈〉〝〞]", "\"")
                .replaceAll("[‐‑]", "-")
                .replaceAll("[\\p{Cf}\\p{Cc}&&[^\\n\\t\\r]]", "")
                .replaceAll(ARABIC_MARKS, "")
                // Devanagari: the nukta, which composes from its own letters, and the two signs of nasality.
                .replace("\u093C", "")
                .replace('\u0901', '\u0902')
                .replace('٫', '.')
                .replace('ё', 'е')
                .replaceAll("[أإآٱ]", "ا")
                .replace('ى', 'ي')
                .replace('ة', 'ه')
                .replaceAll("[ \\t\\u00A0\\u3000]+", " ")
                .strip();
    }

    private static String withLatinDigits(String text) {
        return text.codePoints()
                .map(c -> c > 0x7F && Character.isDigit(c) ? '0' + Character.digit(c, 10) : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** The text with the accents of Latin letters left out; as long as before. */
    static String withoutAccents(String folded) {
        var bare = new StringBuilder(folded.length());
        for (int i = 0; i < folded.length(); i++) {
            bare.append(withoutAccent(folded.charAt(i)));
        }
        return bare.toString();
    }

    private static char withoutAccent(char c) {
        if (c < 0x80 || Character.UnicodeScript.of(c) != Character.UnicodeScript.LATIN) {
            return c;
        }
        char base = Normalizer.normalize(String.valueOf(c), Normalizer.Form.NFD).charAt(0);
        return base < 0x80 ? base : c;
    }
}

package io.keyswitch.understanding;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.Locale;

/**
 * Text as lexicons and messages are compared: compatibility forms unified, lower case, straight quotes, Latin digits, no invisible
 * characters; letters that are written in two ways in one.
 */
final class Folded {
    /** Stands for a character that is left out. */
    private static final char NOTHING = '\0';

    private Folded() {}

    static String of(String text) {
        return withSingleBlanks(letters(text)).strip();
    }

    /** The text with every character folded and all its blanks. */
    static String letters(String text) {
        var unified = Normalizer.isNormalized(text, Form.NFKC) ? text : Normalizer.normalize(text, Form.NFKC);
        var lower = unified.toLowerCase(Locale.ROOT);
        var folded = new StringBuilder(lower.length());
        for (int i = 0; i < lower.length(); i++) {
            char c = lower.charAt(i);
            char folding = c < 0x7F && c >= ' ' ? c : fold(c);
            if (folding != NOTHING) {
                folded.append(folding);
            }
        }
        return folded.toString();
    }

    private static String withSingleBlanks(String text) {
        var single = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean further = c == ' ' && (single.isEmpty() || single.charAt(single.length() - 1) == ' ');
            if (!further) {
                single.append(c);
            }
        }
        return single.toString();
    }

    private static char fold(char c) {
        return switch (c) {
            case '\n', '\r' -> c;
            case '\t', '\u00A0', '\u3000' -> ' ';
            case '‘', '’', 'ʼ', '´', '′' -> '\'';
            case '“', '”', '„', '«', '»', '‹', '›', '「', '」', '『', '』', '《', '》', '〈', '〉', '〝', '〞' -> '"';
            case '‐', '‑' -> '-';
            case '٫' -> '.';
            case 'ё' -> 'е';
            case 'أ', 'إ', 'آ', 'ٱ' -> 'ا';
            case 'ى' -> 'ي';
            case 'ة' -> 'ه';
            // Devanagari: the two signs of nasality, and the dot below, which is often left out.
            case '\u0901' -> '\u0902';
            case '\u093C' -> NOTHING;
            default -> isMarkOfArabic(c) || isInvisible(c) ? NOTHING : latinDigit(c);
        };
    }

    /** Vowel signs, which are seldom written, and the stroke that lengthens a word. */
    private static boolean isMarkOfArabic(char c) {
        return (c >= '\u064B' && c <= '\u065F') || c == '\u0670' || c == '\u0640';
    }

    private static boolean isInvisible(char c) {
        int type = Character.getType(c);
        return type == Character.FORMAT || type == Character.CONTROL;
    }

    private static char latinDigit(char c) {
        return Character.isDigit(c) ? (char) ('0' + Character.digit(c, 10)) : c;
    }

    /** The text with the accents of Latin letters left out; as long as before. */
    static String withoutAccents(String folded) {
        for (int i = 0; i < folded.length(); i++) {
            if (folded.charAt(i) >= 0x80) {
                return stripped(folded);
            }
        }
        return folded;
    }

    private static String stripped(String folded) {
        var bare = new StringBuilder(folded.length());
        for (int i = 0; i < folded.length(); i++) {
            bare.append(withoutAccent(folded.charAt(i)));
        }
        return bare.toString();
    }

    private static char withoutAccent(char c) {
        if (c < 0x80 || c > 0x1EFF || UnicodeScript.of(c) != UnicodeScript.LATIN) {
            return c;
        }
        char base = Normalizer.normalize(String.valueOf(c), Form.NFD).charAt(0);
        return base < 0x80 ? base : c;
    }
}

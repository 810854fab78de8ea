package io.keyswitch.understanding;

import java.lang.Character.UnicodeScript;
import java.util.EnumSet;
import java.util.Set;

/** A folded text, and where its words begin and end. Computed once for all languages; immutable. */
final class Text {
    private static final Set<UnicodeScript> WITHOUT_BLANKS =
            EnumSet.of(UnicodeScript.HAN, UnicodeScript.HIRAGANA, UnicodeScript.KATAKANA, UnicodeScript.HANGUL);

    private final String folded;
    private final String bare;
    private final boolean accents;
    private final boolean[] boundary;
    private final boolean[] word;
    private final boolean[] withoutBlanks;
    /** Whether a digit or sign stands somewhere between a place and the next blank. */
    private final boolean[] beforeSign;

    Text(String folded) {
        this.folded = folded;
        this.bare = Folded.withoutAccents(folded);
        this.accents = !bare.equals(folded);
        int length = folded.length();
        this.boundary = new boolean[length + 1];
        this.word = new boolean[length];
        this.withoutBlanks = new boolean[length];
        this.beforeSign = new boolean[length + 1];
        var scripts = new UnicodeScript[length];
        for (int i = 0; i < length; i++) {
            int codePoint = Character.isLowSurrogate(folded.charAt(i)) && i > 0
                    ? folded.codePointAt(i - 1)
                    : folded.codePointAt(i);
            scripts[i] = UnicodeScript.of(codePoint);
            word[i] = isWordCharacter(codePoint);
            withoutBlanks[i] = isWithoutBlanks(codePoint);
        }
        for (int i = length - 1; i >= 0; i--) {
            beforeSign[i] = folded.charAt(i) != ' ' && (beforeSign[i + 1] || isSignOfId(folded.charAt(i)));
        }
        boundary[0] = true;
        boundary[length] = true;
        for (int i = 1; i < length; i++) {
            boolean inside = word[i - 1] && word[i] && !withoutBlanks[i - 1] && !withoutBlanks[i];
            boolean otherScript = inside
                    && scripts[i - 1] != scripts[i]
                    && Character.isLetter(folded.charAt(i - 1))
                    && Character.isLetter(folded.charAt(i));
            boundary[i] = (!inside || otherScript) && !Character.isLowSurrogate(folded.charAt(i));
        }
    }

    /** Whether a character is of a script without blanks between words. */
    static boolean isWithoutBlanks(int codePoint) {
        return WITHOUT_BLANKS.contains(UnicodeScript.of(codePoint)) || codePoint == 'ー';
    }

    private static boolean isWordCharacter(int codePoint) {
        int type = Character.getType(codePoint);
        return Character.isLetterOrDigit(codePoint)
                || type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK
                || codePoint == 'ー';
    }

    private static boolean isSignOfId(char c) {
        return (c >= '0' && c <= '9') || "-._:/@+".indexOf(c) >= 0;
    }

    /** Whether a version or an ID may begin at a place, which have a digit or a sign. */
    boolean mayBeNumberOrId(int at) {
        char c = folded.charAt(at);
        return beforeSign[at] && (c == '@' || (c < 0x80 && word[at]));
    }

    String folded() {
        return folded;
    }

    boolean hasAccents() {
        return accents;
    }

    /** The text without accents, of the same length. */
    String bare() {
        return bare;
    }

    int length() {
        return folded.length();
    }

    char charAt(int at) {
        return folded.charAt(at);
    }

    String substring(int from, int to) {
        return folded.substring(from, to);
    }

    /** Whether a word begins or ends at a place. */
    boolean isBoundary(int at) {
        return boundary[at];
    }

    boolean isWord(int at) {
        return word[at];
    }

    /** Whether the character is of a script without blanks between words. */
    boolean isWithoutBlanksAt(int at) {
        return withoutBlanks[at];
    }

    int endOfWord(int from) {
        int end = from;
        while (end < folded.length() && !boundary[end]) {
            end++;
        }
        return end;
    }
}

package io.keyswitch.secret;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * A text as a key in it would read: without characters that cannot be seen and without blanks, full-width letters and other
 * forms of a character as the plain one. Every place in it leads back to the original.
 */
final class FoldedText {
    /** Zero-width, soft hyphen, byte order mark, direction marks. */
    static final Pattern INVISIBLE =
            Pattern.compile("[\\u00AD\\u180E\\u200B-\\u200F\\u202A-\\u202E\\u2060-\\u2064\\u2066-\\u206F\\uFEFF]");

    private static final Pattern DASHES = Pattern.compile("[\\u2010-\\u2015\\u2212]");
    private static final Pattern PLAIN = Pattern.compile("[\\x00-\\x7f]*+");

    private final StringBuilder text = new StringBuilder();
    private int[] places;

    private FoldedText(String original) {
        places = new int[original.length()];
        for (int at = 0; at < original.length(); ) {
            int codePoint = original.codePointAt(at);
            if (!Character.isWhitespace(codePoint)) {
                append(plain(Character.toString(codePoint)).strip(), at);
            }
            at += Character.charCount(codePoint);
        }
    }

    static FoldedText of(String original) {
        return new FoldedText(original);
    }

    private void append(String folded, int place) {
        for (int i = 0; i < folded.length(); i++) {
            if (text.length() == places.length) {
                places = Arrays.copyOf(places, places.length * 2);
            }
            places[text.length()] = place;
            text.append(folded.charAt(i));
        }
    }

    /** A text in plain forms, without invisible characters; blanks stay. */
    static String plain(String text) {
        if (PLAIN.matcher(text).matches()) {
            return text;
        }
        var visible = INVISIBLE.matcher(text).replaceAll("");
        return DASHES.matcher(Normalizer.normalize(visible, Normalizer.Form.NFKC))
                .replaceAll("-");
    }

    int indexOf(String searched, int from) {
        return text.indexOf(searched, from);
    }

    /** The first place behind so many characters of base64, and their padding. */
    int endOfBase64(int from, int characters) {
        int end = Math.min(from + characters, text.length());
        while (end < text.length() && text.charAt(end) == '=') {
            end++;
        }
        return end;
    }

    /** Where in the original the character at a place stands. */
    int original(int index) {
        return places[index];
    }
}

package io.keyswitch.secret;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A string folded for key search: without whitespace and invisible characters, with Unicode compatibility forms
 * replaced (NFKC). Every folded character maps to its range in the original.
 */
final class FoldedText {
    /** Unicode's Default_Ignorable_Code_Point (DerivedCoreProperties), such as zero-width characters and selectors. */
    static final Pattern INVISIBLE = Pattern.compile("[\\u00AD\\u034F\\u061C\\u115F\\u1160\\u17B4\\u17B5\\u180B-\\u180F"
            + "\\u200B-\\u200F\\u202A-\\u202E\\u2060-\\u206F\\u3164\\uFE00-\\uFE0F\\uFEFF\\uFFA0\\uFFF0-\\uFFF8"
            + "\\x{1BCA0}-\\x{1BCA3}\\x{1D173}-\\x{1D17A}\\x{E0000}-\\x{E0FFF}]");

    private static final Pattern DASHES = Pattern.compile("[\\u2010-\\u2015\\u2212]");
    private static final int FIRST_WITH_OTHER_FORMS = 0xA0;
    private static final Pattern PLAIN = Pattern.compile("[\\x00-\\x7f]*+");

    /** An escaped character in URLs, JSON, HTML or Markdown; keys contain ASCII only. */
    private static final Pattern ESCAPE = Pattern.compile("%(?<url>[0-7][0-9A-Fa-f])|\\\\u00(?<json>[0-7][0-9A-Fa-f])"
            + "|\\\\u\\{0{0,4}(?<braced>[0-7][0-9A-Fa-f])\\}"
            + "|\\\\x(?<hex>[0-7][0-9A-Fa-f])|\\\\(?<mark>[!-/:-@\\[-`{-~])"
            + "|&#0{0,8}(?<decimal>[0-9]{1,3});|&#[xX]0{0,8}(?<html>[0-7]?[0-9A-Fa-f]);|&(?<name>[A-Za-z]{2,16});");

    /** The HTML entities of visible ASCII characters. */
    private static final Map<String, String> NAMED = Map.ofEntries(
            Map.entry("excl", "!"),
            Map.entry("quot", "\""),
            Map.entry("QUOT", "\""),
            Map.entry("num", "#"),
            Map.entry("dollar", "$"),
            Map.entry("percnt", "%"),
            Map.entry("amp", "&"),
            Map.entry("AMP", "&"),
            Map.entry("apos", "'"),
            Map.entry("lpar", "("),
            Map.entry("rpar", ")"),
            Map.entry("ast", "*"),
            Map.entry("midast", "*"),
            Map.entry("plus", "+"),
            Map.entry("comma", ","),
            Map.entry("hyphen", "-"),
            Map.entry("dash", "-"),
            Map.entry("period", "."),
            Map.entry("sol", "/"),
            Map.entry("colon", ":"),
            Map.entry("semi", ";"),
            Map.entry("lt", "<"),
            Map.entry("LT", "<"),
            Map.entry("equals", "="),
            Map.entry("gt", ">"),
            Map.entry("GT", ">"),
            Map.entry("quest", "?"),
            Map.entry("commat", "@"),
            Map.entry("lsqb", "["),
            Map.entry("lbrack", "["),
            Map.entry("bsol", "\\"),
            Map.entry("rsqb", "]"),
            Map.entry("rbrack", "]"),
            Map.entry("Hat", "^"),
            Map.entry("lowbar", "_"),
            Map.entry("UnderBar", "_"),
            Map.entry("grave", "`"),
            Map.entry("DiacriticalGrave", "`"),
            Map.entry("lcub", "{"),
            Map.entry("lbrace", "{"),
            Map.entry("verbar", "|"),
            Map.entry("vert", "|"),
            Map.entry("VerticalLine", "|"),
            Map.entry("rcub", "}"),
            Map.entry("rbrace", "}"));

    private final StringBuilder text = new StringBuilder();
    private final Places places = new Places();

    /** The start and end in the original of each folded character. */
    private static final class Places {
        private int[] starts = new int[64];
        private int[] ends = new int[64];

        void set(int index, int start, int end) {
            if (index == starts.length) {
                starts = Arrays.copyOf(starts, index * 2);
                ends = Arrays.copyOf(ends, index * 2);
            }
            starts[index] = start;
            ends[index] = end;
        }
    }

    private FoldedText() {}

    static FoldedText of(String original) {
        var folded = new FoldedText();
        folded.fold(original, 0, original.length());
        return folded;
    }

    /** Whether it contains escape sequences. */
    boolean holdsEscapes() {
        return ESCAPE.matcher(text).find();
    }

    /** A copy with one level of escape sequences decoded. */
    FoldedText unescaped() {
        var folded = new FoldedText();
        var matcher = ESCAPE.matcher(text);
        int from = 0;
        while (matcher.find()) {
            folded.copy(this, from, matcher.start());
            folded.append(character(matcher), start(matcher.start()), end(matcher.end() - 1));
            from = matcher.end();
        }
        folded.copy(this, from, text.length());
        return folded;
    }

    private void copy(FoldedText other, int from, int to) {
        for (int at = from; at < to; at++) {
            places.set(text.length(), other.start(at), other.end(at));
            text.append(other.text.charAt(at));
        }
    }

    private static String character(Matcher escape) {
        for (var base16 : List.of("url", "json", "braced", "hex", "html")) {
            if (escape.group(base16) != null) {
                return Character.toString(Integer.parseInt(escape.group(base16), 16));
            }
        }
        if (escape.group("decimal") != null) {
            return Character.toString(Integer.parseInt(escape.group("decimal")));
        }
        var name = escape.group("name");
        return name == null ? escape.group("mark") : NAMED.getOrDefault(name, escape.group());
    }

    private void fold(String original, int from, int to) {
        for (int at = from; at < to; ) {
            int codePoint = original.codePointAt(at);
            int next = at + Character.charCount(codePoint);
            if (!Character.isWhitespace(codePoint)) {
                append(plain(Character.toString(codePoint)).strip(), at, next);
            }
            at = next;
        }
    }

    private void append(String folded, int start, int end) {
        for (int i = 0; i < folded.length(); i++) {
            places.set(text.length(), start, end);
            text.append(folded.charAt(i));
        }
    }

    /** Removes invisible characters and replaces compatibility forms; keeps whitespace. */
    static String plain(String text) {
        if (PLAIN.matcher(text).matches()) {
            return text;
        }
        var plain = new StringBuilder(text.length());
        INVISIBLE.matcher(text).replaceAll("").codePoints().forEach(codePoint -> appendPlain(plain, codePoint));
        return DASHES.matcher(plain).replaceAll("-");
    }

    /** Normalises each character separately, because normalising long runs of combining marks takes quadratic time. */
    private static void appendPlain(StringBuilder plain, int codePoint) {
        if (codePoint < FIRST_WITH_OTHER_FORMS) {
            plain.appendCodePoint(codePoint);
        } else {
            plain.append(Normalizer.normalize(Character.toString(codePoint), Normalizer.Form.NFKC));
        }
    }

    int indexOf(String searched, int from) {
        return text.indexOf(searched, from);
    }

    /** The index after the base64 padding at {@code from}. */
    int endOfBase64(int from) {
        int end = Math.min(from, text.length());
        while (end < text.length() && text.charAt(end) == '=') {
            end++;
        }
        return end;
    }

    /** The start in the original of a folded character. */
    int start(int index) {
        return places.starts[index];
    }

    /** The end in the original of a folded character, exclusive. */
    int end(int index) {
        return places.ends[index];
    }
}

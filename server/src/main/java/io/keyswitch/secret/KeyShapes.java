package io.keyswitch.secret;

import java.util.regex.Pattern;

/** Detects keys by formats that are not specific to a vendor. */
final class KeyShapes {
    /** A key of arbitrary format, such as Mistral's 32 letters and digits, after a phrase such as "api key". */
    static final Pattern ANNOUNCED = Pattern.compile(
            "(?i)(?:api[ _-]?key|api[ _-]?token|secret[ _-]?key|secret[ _-]?access[ _-]?key|access[ _-]?token|my key|the key|bearer)"
                    + "(?:\\s{1,8}+(?:is|for\\s+\\S+\\s+is))?\\s{0,8}+[:=]?+\\s{0,8}+[\"'`“‘]?"
                    + "(?<key>(?=[A-Za-z0-9_+/=-]{0,64}[0-9])(?=[0-9_+/=-]{0,64}[A-Za-z])[A-Za-z0-9_+/=-]{20,})");

    /** Separators in the names of models and files. */
    static final Pattern JOINED = Pattern.compile("[-/.:@]");

    /** A token of this length is rarely a word, even where no key is expected. */
    static final int LONG = 24;

    /** Longer strings are not keys, even with surrounding characters. */
    private static final int MAX_TOKEN = 4096;

    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/=-]+");
    private static final Pattern NAMES_ITSELF =
            Pattern.compile("(?i)[A-Za-z0-9_-]*(?<![A-Za-z])(?:key|token|secret|password)(?![A-Za-z])[A-Za-z0-9_-]*");
    private static final Pattern HAS_DIGIT = Pattern.compile("[0-9]");
    private static final Pattern HAS_LETTER = Pattern.compile("[A-Za-z]");
    private static final Pattern BLANKS = Pattern.compile("[\\s\\x{85}\\x{2028}\\x{2029}]+");
    private static final Pattern BROKEN_LINE = Pattern.compile("\\s*\\R\\s*");
    /** A label before a key in a shell, a settings file, JSON or a mail: {@code export OPENAI_API_KEY=}. */
    private static final String LABEL =
            "(?:(?i:export|set)\\s+)?[A-Z][A-Z0-9_]{0,60}(?:KEY|TOKEN|SECRET)[A-Z0-9_]{0,20}\\s*[=:]\\s*"
                    + "|[{\\s]*\"(?i:api[_-]?key|key|token|secret)\"\\s*:\\s*"
                    + "|(?i:(?:my |the )?(?:api[ _-]?)?(?:key|token))\\s*(?::|=|is\\s)\\s*";

    private static final String OPENING = "[\"'`“”‘’<(\\[]*";
    private static final Pattern WRAPPED = Pattern.compile("^(?:" + LABEL + ")?" + OPENING
            + "(?:(?i:authorization:\\s*)?(?i:bearer)\\s+)?" + OPENING + "(.*?)[\"'`“”‘’>)\\],;.}\\s]*$");

    private KeyShapes() {}

    /**
     * Joins the lines of a key that a mail program or terminal has wrapped, and a key that was pasted in parts. Only what
     * looks like part of a key is joined, so that prose keeps its line breaks and blanks.
     */
    static String rejoined(String text) {
        var lines = text.chars().anyMatch(KeyShapes::isLineBreak) ? joined(text, KnownPrefixes.BROKEN) : text;
        return joined(lines, KnownPrefixes.SPLIT);
    }

    private static String joined(String text, Pattern broken) {
        return broken.matcher(text)
                .replaceAll(match -> BLANKS.matcher(match.group()).replaceAll(""));
    }

    /** Those of {@code \R}. */
    private static boolean isLineBreak(int character) {
        return (character >= '\n' && character <= '\r')
                || character == 0x85
                || character == 0x2028
                || character == 0x2029;
    }

    /** Whether a string is one token of letters and digits with at least {@code least} characters. */
    static boolean isToken(String text, int least) {
        if (text.length() > MAX_TOKEN) {
            return false;
        }
        var visible = FoldedText.INVISIBLE.matcher(text).replaceAll("").strip();
        return visible.length() >= least
                && TOKEN.matcher(visible).matches()
                && HAS_DIGIT.matcher(visible).find()
                && HAS_LETTER.matcher(visible).find();
    }

    static boolean callsItselfAKey(String text) {
        return text.length() <= ApiKey.MAX_LENGTH
                && isToken(text, ApiKey.MIN_LENGTH)
                && NAMES_ITSELF.matcher(text.strip()).matches();
    }

    static String clean(String pasted) {
        var visible = FoldedText.INVISIBLE
                .matcher(pasted)
                .replaceAll("")
                .replace('\u00A0', ' ')
                .strip();
        return WRAPPED.matcher(BROKEN_LINE.matcher(visible).replaceAll(""))
                .replaceFirst("$1")
                .strip();
    }
}

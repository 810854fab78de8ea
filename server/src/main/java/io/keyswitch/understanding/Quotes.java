package io.keyswitch.understanding;

import java.lang.Character.UnicodeScript;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What stands in quotes is spoken about. */
final class Quotes {
    private static final Pattern QUOTED =
            Pattern.compile("\"([^\"]*)\"|(?<![\\p{L}\\p{N}])'([^']*)'(?![\\p{L}\\p{N}])");

    private static final Pattern FINAL = Pattern.compile("[.!?]+$");

    private Quotes() {}

    /** A text without its quotes, if those are around the whole of it or a single name; else null. */
    static @Nullable String removed(String text) {
        var whole = QUOTED.matcher(FINAL.matcher(text).replaceAll(""));
        if (whole.matches()) {
            return Objects.requireNonNullElse(whole.group(1), whole.group(2));
        }
        var matcher = QUOTED.matcher(text);
        var out = new StringBuilder();
        while (matcher.find()) {
            var inner = Objects.requireNonNullElse(matcher.group(1), matcher.group(2));
            if (inner == null || inner.indexOf(' ') >= 0 || inner.codePoints().anyMatch(Quotes::isHan)) {
                return null;
            }
            matcher.appendReplacement(out, Matcher.quoteReplacement(inner));
        }
        return matcher.appendTail(out).toString();
    }

    private static boolean isHan(int codePoint) {
        return UnicodeScript.of(codePoint) == UnicodeScript.HAN;
    }
}

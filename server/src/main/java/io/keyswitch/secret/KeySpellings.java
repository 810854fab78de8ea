package io.keyswitch.secret;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** The encodings in which one key may occur in a string. Immutable. */
final class KeySpellings {
    /** The maximum depth of nested escape sequences. */
    private static final int MOST_ESCAPED = 3;

    /** How many base64 characters at the start also encode bits of the preceding bytes, by alignment. */
    private static final int[] SHARED = {0, 2, 3};

    /**
     * One encoding.
     *
     * @param text the string to search for
     * @param base64 whether padding may follow
     * @param open the number of base64 characters after it that encode its last bits
     */
    private record Spelling(String text, boolean base64, int open) {}

    private final List<Spelling> spellings;

    private KeySpellings(List<Spelling> spellings) {
        this.spellings = List.copyOf(spellings);
    }

    static KeySpellings of(String key) {
        var bytes = key.getBytes(StandardCharsets.US_ASCII);
        var spellings = new ArrayList<Spelling>();
        spellings.add(new Spelling(key, false, 0));
        spellings.add(new Spelling(HexFormat.of().formatHex(bytes), false, 0));
        spellings.add(new Spelling(HexFormat.of().withUpperCase().formatHex(bytes), false, 0));
        for (int alignment = 0; alignment < SHARED.length; alignment++) {
            spellings.add(base64(Base64.getEncoder(), bytes, alignment));
            spellings.add(base64(Base64.getUrlEncoder(), bytes, alignment));
        }
        return new KeySpellings(spellings);
    }

    /** The base64 characters that do not depend on the bytes around the key. */
    private static Spelling base64(Base64.Encoder encoder, byte[] key, int alignment) {
        var shifted = new byte[alignment + key.length];
        System.arraycopy(key, 0, shifted, alignment, key.length);
        var encoded = encoder.encodeToString(shifted);
        int open = shifted.length * 8 % 6 == 0 ? 0 : 1;
        return new Spelling(encoded.substring(SHARED[alignment], shifted.length * 8 / 6), true, open);
    }

    /** Replaces every encoding of the key in a string, also within nested escape sequences. */
    String replacedIn(String text, String replacement) {
        var replaced = text;
        var read = FoldedText.of(text);
        for (int level = 0; ; level++) {
            var before = replaced;
            replaced = replacedIn(before, read, replacement);
            if (level == MOST_ESCAPED) {
                return replaced;
            }
            if (!replaced.equals(before)) {
                read = read(replaced, level);
            }
            if (!read.holdsEscapes()) {
                return replaced;
            }
            read = read.unescaped();
        }
    }

    /** A folded string with the given number of escape levels decoded. */
    private static FoldedText read(String text, int levels) {
        var read = FoldedText.of(text);
        for (int level = 0; level < levels; level++) {
            read = read.unescaped();
        }
        return read;
    }

    private String replacedIn(String text, FoldedText folded, String replacement) {
        var searches =
                spellings.stream().map(spelling -> new Search(spelling, folded)).toList();
        var out = new StringBuilder();
        int copied = 0;
        int from = 0;
        for (var found = next(searches, from); found.isPresent(); found = next(searches, from)) {
            int start = found.get().found;
            var spelling = found.get().spelling;
            int end = start + spelling.text().length();
            from = spelling.base64() ? folded.endOfBase64(end + spelling.open()) : end;
            // Two matches may share a character of the original that folds to several.
            out.append(text, copied, Math.max(copied, folded.start(start))).append(replacement);
            copied = folded.end(from - 1);
        }
        return out.append(text, copied, text.length()).toString();
    }

    /** The search with the first match at or after {@code from}. */
    private static Optional<Search> next(List<Search> searches, int from) {
        return searches.stream()
                .filter(search -> search.findsFrom(from))
                .min(Comparator.comparingInt(search -> search.found));
    }

    /** Searches for one encoding. Scans every part of the text once, regardless of the matches of other encodings. */
    private static final class Search {
        private final Spelling spelling;
        private final FoldedText text;
        private int found;

        Search(Spelling spelling, FoldedText text) {
            this.spelling = spelling;
            this.text = text;
            this.found = text.indexOf(spelling.text(), 0);
        }

        boolean findsFrom(int from) {
            if (found >= 0 && found < from) {
                found = text.indexOf(spelling.text(), from);
            }
            return found >= 0;
        }
    }
}

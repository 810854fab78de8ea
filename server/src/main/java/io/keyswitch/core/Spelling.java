package io.keyswitch.core;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds the candidate nearest to a misspelt word. */
public final class Spelling {
    private static final int MAX_LENGTH = 128;

    private Spelling() {}

    /**
     * The candidate nearest to a word.
     *
     * @return null if none is near: more than a third of the word would have to change
     */
    public static @Nullable String nearest(String word, Collection<String> candidates) {
        return nearest(word, candidates, Math.max(1, word.length() / 3));
    }

    /**
     * The candidate nearest to a word.
     *
     * @param most the maximum edit distance
     * @return null if none is within that distance
     */
    public static @Nullable String nearest(String word, Collection<String> candidates, int most) {
        if (word.length() > MAX_LENGTH) {
            return null;
        }
        var wanted = word.toLowerCase(Locale.ROOT);
        String nearest = null;
        int least = most + 1;
        for (var candidate : candidates) {
            int distance = distance(wanted, candidate.toLowerCase(Locale.ROOT), least);
            if (distance < least) {
                least = distance;
                nearest = candidate;
            }
        }
        return nearest;
    }

    /**
     * The optimal string alignment distance: insertions, deletions, substitutions and swaps of adjacent letters.
     *
     * @param limit the distance at which counting may stop
     */
    private static int distance(String a, String b, int limit) {
        if (Math.abs(a.length() - b.length()) >= limit) {
            return limit;
        }
        var rows = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                rows[i][j] = i == 0 || j == 0 ? i + j : step(rows, a, b, i, j);
            }
        }
        return rows[a.length()][b.length()];
    }

    private static int step(int[][] rows, String a, String b, int i, int j) {
        boolean same = a.charAt(i - 1) == b.charAt(j - 1);
        int best = Math.min(Math.min(rows[i - 1][j], rows[i][j - 1]) + 1, rows[i - 1][j - 1] + (same ? 0 : 1));
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, rows[i - 2][j - 2] + 1) : best;
    }
}

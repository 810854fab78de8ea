package io.keyswitch.simulator;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Splits texts into words and estimates their tokens. */
final class Words {
    private static final Pattern BEFORE_A_WORD = Pattern.compile("(?<=\\S)(?=\\s)");

    private static final Pattern SPACE = Pattern.compile("\\s+");

    private Words() {}

    /** The words of a text, without whitespace. */
    static List<String> listed(String text) {
        return SPACE.splitAsStream(text.strip()).toList();
    }

    /** The words of a text as a set. */
    static Set<String> set(String text) {
        return Set.copyOf(listed(text));
    }

    /** The words of a text, each with the whitespace before it. */
    static List<String> of(String text) {
        return BEFORE_A_WORD.splitAsStream(text).filter(word -> !word.isEmpty()).toList();
    }

    /** A rough count of tokens: four for every three words. */
    static int tokens(List<String> words) {
        return (words.size() * 4 + 2) / 3;
    }

    /** The first words that fit into a number of tokens. */
    static List<String> within(List<String> words, int tokens) {
        return words.subList(0, (int) Math.min(words.size(), tokens * 3L / 4));
    }
}

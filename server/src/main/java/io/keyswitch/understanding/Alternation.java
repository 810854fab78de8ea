package io.keyswitch.understanding;

import java.util.ArrayList;
import java.util.List;

/** An entry with alternatives: {@code (change|passe) (de |)modèle} stands for four entries. They may be nested. */
final class Alternation {
    private Alternation() {}

    /**
     * The entries that one with alternatives stands for; itself if it has none.
     *
     * @throws IllegalArgumentException if its parentheses are unbalanced
     */
    static List<String> expand(String entry) {
        int start = entry.indexOf('(');
        if (start < 0) {
            return List.of(entry);
        }
        int end = closing(entry, start);
        var before = entry.substring(0, start);
        var rests = expand(entry.substring(end + 1));
        var entries = new ArrayList<String>();
        for (var alternative : alternatives(entry.substring(start + 1, end))) {
            for (var inner : expand(alternative)) {
                rests.forEach(rest -> entries.add(before + inner + rest));
            }
        }
        return entries;
    }

    private static int closing(String entry, int start) {
        int depth = 0;
        for (int i = start; i < entry.length(); i++) {
            depth += depth(entry.charAt(i));
            if (depth == 0) {
                return i;
            }
        }
        throw new IllegalArgumentException("unbalanced parentheses in the lexicon entry \"" + entry + "\"");
    }

    /** The parts between the bars that are in no inner parentheses. */
    private static List<String> alternatives(String group) {
        var alternatives = new ArrayList<String>();
        int depth = 0;
        int from = 0;
        for (int i = 0; i < group.length(); i++) {
            depth += depth(group.charAt(i));
            if (depth == 0 && group.charAt(i) == '|') {
                alternatives.add(group.substring(from, i));
                from = i + 1;
            }
        }
        alternatives.add(group.substring(from));
        return alternatives;
    }

    private static int depth(char c) {
        return c == '(' ? 1 : c == ')' ? -1 : 0;
    }
}

package io.keyswitch.understanding;

import java.util.Collection;

/** Words in their order, searched letter by letter without copying. Immutable. */
final class SortedWords {
    private final String[] words;

    SortedWords(Collection<String> words) {
        this.words = words.stream().distinct().sorted().toArray(String[]::new);
    }

    Search search() {
        return new Search();
    }

    /** The words that begin with the letters taken so far. */
    final class Search {
        private int from = 0;
        private int to = words.length;
        private int depth = 0;

        /** Takes the next letter. */
        void next(char letter) {
            if (from < to) {
                int first = firstNotBelow(letter);
                to = letter == Character.MAX_VALUE ? to : firstNotBelow((char) (letter + 1));
                from = first;
            }
            depth++;
        }

        /** Whether no word begins so. */
        boolean isOver() {
            return from >= to;
        }

        /** Whether what was taken is a word. */
        boolean isWord() {
            return from < to && words[from].length() == depth;
        }

        /** The first word whose next letter is not below a letter; words that end here come before all. */
        private int firstNotBelow(char letter) {
            int low = from;
            int high = to;
            while (low < high) {
                int middle = (low + high) >>> 1;
                boolean below = words[middle].length() <= depth || words[middle].charAt(depth) < letter;
                if (below) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low;
        }
    }
}

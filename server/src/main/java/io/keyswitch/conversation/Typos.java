package io.keyswitch.conversation;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Mends slips of the fingers in the words requests are made of: two neighbours swapped, or a letter inside left out. No
 * more, lest other words of the language become a request.
 */
final class Typos {
    private static final String[] WORDS = {
        "change",
        "changing",
        "switch",
        "switching",
        "model",
        "models",
        "provider",
        "default",
        "using",
        "another",
        "different"
    };

    private static final Map<String, String> SLIPS = slips();

    private Typos() {}

    static String mend(String text) {
        return Arrays.stream(text.split(" ", -1))
                .map(word -> SLIPS.getOrDefault(word, word))
                .collect(Collectors.joining(" "));
    }

    private static Map<String, String> slips() {
        var slips = new TreeMap<String, String>();
        for (var word : WORDS) {
            for (int i = 1; i < word.length() - 1; i++) {
                slips.put(word.substring(0, i) + word.substring(i + 1), word);
                slips.put(word.substring(0, i) + word.charAt(i + 1) + word.charAt(i) + word.substring(i + 2), word);
            }
        }
        Arrays.asList(WORDS).forEach(slips::remove);
        return slips;
    }
}

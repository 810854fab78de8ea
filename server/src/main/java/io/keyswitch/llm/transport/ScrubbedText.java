package io.keyswitch.llm.transport;

/**
 * Masks a key in a string that arrives in chunks, even if the key spans several of them. Only a possible start of the
 * key is held back. Not thread-safe; one per string.
 */
final class ScrubbedText {
    private static final String INSTEAD = "****";

    private final String key;
    private String heldBack = "";

    ScrubbedText(String key) {
        this.key = key;
    }

    /** Adds a chunk and returns the text up to a possible start of the key. */
    String add(String piece) {
        var text = (heldBack + piece).replace(key, INSTEAD);
        int begin = beginOfKey(text);
        heldBack = text.substring(begin);
        return text.substring(0, begin);
    }

    /** The text that was held back and did not become the key. */
    String rest() {
        var rest = heldBack;
        heldBack = "";
        return rest;
    }

    /** The index of the longest suffix that is a prefix of the key; the length of the string if there is none. */
    private int beginOfKey(String text) {
        for (int at = Math.max(0, text.length() - key.length() + 1); at < text.length(); at++) {
            if (key.startsWith(text.substring(at))) {
                return at;
            }
        }
        return text.length();
    }
}

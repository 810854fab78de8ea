package io.keyswitch.llm.transport;

/**
 * Takes a key out of a string that comes in pieces, also where a piece ends within it. Only what may be the beginning of the
 * key is held back. Not thread-safe; one per text.
 */
final class ScrubbedText {
    private static final String INSTEAD = "****";

    private final String key;
    private String heldBack = "";

    ScrubbedText(String key) {
        this.key = key;
    }

    /** The text up to where the key may begin. */
    String add(String piece) {
        var text = (heldBack + piece).replace(key, INSTEAD);
        int begin = beginOfKey(text);
        heldBack = text.substring(begin);
        return text.substring(0, begin);
    }

    /** What was held back and did not become the key. */
    String rest() {
        var rest = heldBack;
        heldBack = "";
        return rest;
    }

    /** Where the longest end of a string stands that is a beginning of the key. */
    private int beginOfKey(String text) {
        for (int at = Math.max(0, text.length() - key.length() + 1); at < text.length(); at++) {
            if (key.startsWith(text.substring(at))) {
                return at;
            }
        }
        return text.length();
    }
}

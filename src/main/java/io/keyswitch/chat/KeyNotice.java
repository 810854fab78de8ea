package io.keyswitch.chat;

import io.keyswitch.secret.KeyShapes;

/** The notices for users who pasted a key where none was asked for. */
final class KeyNotice {
    static final String ALONE =
            "I removed an API key or another secret from your message. It was not stored and no model has seen it. If it"
                    + " is a model provider's key and you want your chat to use it, say **change my model**; I will ask for it"
                    + " when it is time. If others could have seen it, replace it where it comes from.";

    static final String BEFORE_ANSWER =
            "*(I removed an API key or another secret from your message; it was not stored and no model has seen it.)*\n\n";

    /** A message with no more words than this beside the key says only "here is my key". */
    private static final int FEW_WORDS = 8;

    private KeyNotice() {}

    /** Whether a message was about nothing but the key in it. */
    static boolean isAllThereWas(KeyShapes.Redacted redacted) {
        var rest = redacted.text()
                .replaceAll("\\[(?:API key ending [^\\]]{4}|secret removed)]", " ")
                .strip();
        return rest.isEmpty() || rest.split("\\s+").length <= FEW_WORDS;
    }
}

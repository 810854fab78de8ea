package io.keyswitch.conversation;

import io.keyswitch.secret.ApiKey;
import io.keyswitch.secret.KeyShapes;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Finds the key in what a user answers when asked for it. */
final class PastedKey {
    /** Words of prose are shorter, or hold no digit. */
    private static final int LEAST_AMONG_WORDS = 16;

    private PastedKey() {}

    /** Whether there is more than one key in an answer. */
    static boolean isAmbiguous(String text) {
        return KeyShapes.redact(text).keys().size() > 1;
    }

    /**
     * The key of an answer: the whole of it, or among other words the one piece that looks like a key.
     *
     * @return null if there is none, or more than one
     */
    static @Nullable ApiKey in(String text) {
        var cleaned = KeyShapes.clean(text);
        if (ApiKey.isValid(cleaned)) {
            return ApiKey.of(cleaned);
        }
        var recognised = KeyShapes.redact(text).keys();
        if (!recognised.isEmpty()) {
            return recognised.size() == 1 ? recognised.getFirst() : null;
        }
        var pieces = Arrays.stream(text.split("\\s+"))
                .map(KeyShapes::clean)
                .filter(piece ->
                        piece.length() >= LEAST_AMONG_WORDS && piece.matches(".*\\d.*") && ApiKey.isValid(piece))
                .toList();
        return pieces.size() == 1 ? ApiKey.of(pieces.getFirst()) : null;
    }
}

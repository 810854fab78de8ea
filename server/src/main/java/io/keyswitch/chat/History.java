package io.keyswitch.chat;

import io.keyswitch.chat.StoredMessage.Kind;
import io.keyswitch.chat.StoredMessage.Status;
import io.keyswitch.llm.ChatMessage;
import io.keyswitch.llm.ChatMessage.Role;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;

/** Selects the messages of a thread to send along with a new one: the newest turns with the model, up to a size. */
final class History {
    /** Maximum number of rows to read. */
    private static final int MAX_MESSAGES = 400;
    /** Less than this of a message is of no use. */
    private static final int LEAST_PART = 200;

    private static final String LEFT_OUT = "[The beginning of this message was left out, because it is too long.]\n…";

    private History() {}

    /**
     * Chooses the messages to send.
     *
     * @param newestFirst the messages before the new one; read only as far as needed
     * @param message the user's message
     * @param maxCharacters the maximum total length of the earlier messages
     */
    static List<ChatMessage> of(Iterator<StoredMessage> newestFirst, String message, int maxCharacters) {
        var chosen = new ArrayDeque<ChatMessage>();
        chosen.addFirst(new ChatMessage(Role.USER, message));
        int left = maxCharacters;
        boolean answered = false;
        for (int read = 0; read < MAX_MESSAGES && newestFirst.hasNext(); read++) {
            var stored = newestFirst.next();
            if (stored.kind() == Kind.MODEL_CHANGE) {
                continue;
            }
            if (stored.role() == Role.USER && !answered && stored.status() != Status.COMPLETE) {
                // Its turn failed without an answer; the user has probably sent the message again.
                continue;
            }
            if (stored.content().length() > left) {
                if (left >= LEAST_PART) {
                    chosen.addFirst(new ChatMessage(stored.role(), end(stored.content(), left)));
                }
                break;
            }
            left -= stored.content().length();
            if (!stored.content().isBlank()) {
                chosen.addFirst(new ChatMessage(stored.role(), stored.content()));
            }
            answered = stored.role() == Role.ASSISTANT;
        }
        return List.copyOf(chosen);
    }

    /** The end of a message that is too long, which says that something is missing. */
    private static String end(String content, int characters) {
        int from = content.length() - characters + LEFT_OUT.length();
        boolean insideCharacter = Character.isLowSurrogate(content.charAt(from));
        return LEFT_OUT + content.substring(insideCharacter ? from + 1 : from);
    }
}

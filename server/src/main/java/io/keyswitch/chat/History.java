package io.keyswitch.chat;

import io.keyswitch.chat.StoredMessage.Kind;
import io.keyswitch.chat.StoredMessage.Status;
import io.keyswitch.llm.ChatMessage;
import io.keyswitch.llm.ChatMessage.Role;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;

/** The part of a thread that is sent along with a message: the newest turns with the model, up to a size. */
final class History {
    /** Rows read, however long the thread. */
    private static final int MAX_MESSAGES = 400;

    private History() {}

    /**
     * Chooses the messages to send.
     *
     * @param newestFirst the thread before the message; read only as far as needed
     * @param message the user's message
     * @param maxCharacters of the messages before it, together
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
                // Its turn failed without an answer; the user has most likely sent it again.
                continue;
            }
            left -= stored.content().length();
            if (left < 0) {
                break;
            }
            if (!stored.content().isBlank()) {
                chosen.addFirst(new ChatMessage(stored.role(), stored.content()));
            }
            answered = stored.role() == Role.ASSISTANT;
        }
        return List.copyOf(chosen);
    }
}

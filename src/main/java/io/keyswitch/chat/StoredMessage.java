package io.keyswitch.chat;

import io.keyswitch.llm.ChatMessage.Role;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a thread.
 *
 * @param seq its place in the thread
 * @param servedBy who answered; null for the user's messages
 * @param turnId identifies the last attempt at the turn; null for turns stored by an earlier version
 */
public record StoredMessage(
        long seq,
        Role role,
        Kind kind,
        Status status,
        String content,
        Instant createdAt,
        @Nullable ServedBy servedBy,
        @Nullable String turnId) {
    /** What a message belongs to. */
    public enum Kind {
        /** To the conversation with the model. */
        CHAT,
        /** To the model-change flow; no model ever sees it. */
        MODEL_CHANGE;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How far a message got. */
    public enum Status {
        /** It is being answered, or is the answer in progress. */
        STREAMING,
        COMPLETE,
        /** Its turn was cut short. */
        INCOMPLETE;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}

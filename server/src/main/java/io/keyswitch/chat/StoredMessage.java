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
 */
public record StoredMessage(
        long seq,
        Role role,
        Kind kind,
        String content,
        Instant createdAt,
        @Nullable ServedBy servedBy,
        Attempt attempt) {
    /**
     * How far the last attempt at the message's turn got.
     *
     * @param turnId identifies the attempt; null for turns stored by an earlier version
     */
    public record Attempt(@Nullable String turnId, Status status) {}

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

    public Status status() {
        return attempt.status();
    }

    @Nullable
    String turnId() {
        return attempt.turnId();
    }
}

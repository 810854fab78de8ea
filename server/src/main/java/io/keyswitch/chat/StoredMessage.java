package io.keyswitch.chat;

import io.keyswitch.llm.ChatMessage.Role;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A message of a thread.
 *
 * @param seq its sequence number in the thread
 * @param servedBy the model that answered; null for the user's messages
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
     * The latest attempt to answer the message's turn, and its status.
     *
     * @param clientMessageId the idempotency key of a user's message, which all attempts share; null for none
     * @param turnId identifies the attempt; null for turns stored by an earlier version
     */
    public record Attempt(
            @Nullable String clientMessageId, @Nullable String turnId, Status status) {}

    /** The conversation that a message is part of. */
    public enum Kind {
        /** The chat with the model. */
        CHAT,
        /** The model-change flow; never sent to a model. */
        MODEL_CHANGE;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The state of a message. */
    public enum Status {
        /** Being answered, or an answer in progress. */
        STREAMING,
        COMPLETE,
        /** The turn ended without a complete answer. */
        INCOMPLETE;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Status status() {
        return attempt.status();
    }

    public @Nullable String clientMessageId() {
        return attempt.clientMessageId();
    }

    @Nullable
    String turnId() {
        return attempt.turnId();
    }
}

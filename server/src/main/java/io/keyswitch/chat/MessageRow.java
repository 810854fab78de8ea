package io.keyswitch.chat;

import io.keyswitch.chat.StoredMessage.Kind;
import io.keyswitch.chat.StoredMessage.Status;
import io.keyswitch.core.ThreadRef;
import io.keyswitch.llm.ChatMessage.Role;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A row to insert into the message table; public only for Jdbi.
 *
 * @param in the thread of the message
 * @param seq its sequence number in the thread
 * @param clientMessageId the client's idempotency key; null for none
 * @param servedBy null for the user's messages
 * @param turnId identifies the attempt at the turn
 */
public record MessageRow(
        ThreadRef in,
        long seq,
        String role,
        String kind,
        String status,
        String content,
        @Nullable String clientMessageId,
        @Nullable ServedBy servedBy,
        String turnId,
        Instant createdAt) {
    static final String COLUMNS =
            "seq, role, kind, status, content, client_message_id, provider, model_id, key_source, created_at, turn_id";

    /** The row of a user's message. */
    static MessageRow asked(
            ThreadRef in, long seq, Kind kind, Status status, Turns.Asked asked, String turnId, Instant now) {
        return new MessageRow(
                in,
                seq,
                Role.USER.word(),
                kind.word(),
                status.word(),
                asked.text(),
                asked.clientMessageId(),
                null,
                turnId,
                now);
    }

    /**
     * The row of an answer.
     *
     * @param content null if it is in progress
     */
    static MessageRow answer(
            ThreadRef in,
            long seq,
            Kind kind,
            @Nullable String content,
            ServedBy servedBy,
            String turnId,
            Instant now) {
        var status = content == null ? Status.STREAMING : Status.COMPLETE;
        return new MessageRow(
                in,
                seq,
                Role.ASSISTANT.word(),
                kind.word(),
                status.word(),
                content == null ? "" : content,
                null,
                servedBy,
                turnId,
                now);
    }

    /** Whether it is a part of a turn that is being answered. */
    boolean isInProgress() {
        return status.equals(Status.STREAMING.word());
    }

    /** Reads the current row of a result that has the {@link #COLUMNS}. */
    static StoredMessage read(ResultSet row) throws SQLException {
        var provider = row.getString("provider");
        return new StoredMessage(
                row.getLong("seq"),
                Role.valueOf(row.getString("role").toUpperCase(Locale.ROOT)),
                Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                row.getString("content"),
                Instant.ofEpochMilli(row.getLong("created_at")),
                provider == null
                        ? null
                        : new ServedBy(provider, row.getString("model_id"), row.getString("key_source")),
                new StoredMessage.Attempt(
                        row.getString("client_message_id"),
                        row.getString("turn_id"),
                        Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT))));
    }
}

package io.keyswitch.chat;

import io.keyswitch.chat.StoredMessage.Kind;
import io.keyswitch.chat.StoredMessage.Status;
import io.keyswitch.llm.ChatMessage.Role;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Locale;

/** How a message stands in its table. */
final class MessageRow {
    static final String COLUMNS =
            "seq, role, kind, status, content, provider, model_id, key_source, created_at, turn_id";

    private MessageRow() {}

    /** Reads the row a result stands on. */
    static StoredMessage read(ResultSet row) throws SQLException {
        var provider = row.getString("provider");
        return new StoredMessage(
                row.getLong("seq"),
                Role.valueOf(row.getString("role").toUpperCase(Locale.ROOT)),
                Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
                row.getString("content"),
                Instant.ofEpochMilli(row.getLong("created_at")),
                provider == null
                        ? null
                        : new ServedBy(provider, row.getString("model_id"), row.getString("key_source")),
                row.getString("turn_id"));
    }
}

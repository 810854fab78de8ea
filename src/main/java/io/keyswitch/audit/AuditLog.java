package io.keyswitch.audit;

import io.keyswitch.sql.Database;
import io.keyswitch.user.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** The audit log. Rows are only added: there is no statement here that changes or removes one. Blocking; thread-safe. */
public final class AuditLog {
    private final Database database;
    private final InstantSource clock;

    public AuditLog(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Notes an event in the same transaction as what it tells of. */
    public void note(Handle handle, UserId user, AuditEvent.Action action, AuditEvent.Subject subject) {
        handle.createUpdate("""
                        INSERT INTO audit_event (event_id, at, user_id, action, provider, model_id, key_hint, detail)
                        VALUES (:id, :at, :user, :action, :provider, :model, :hint, :detail)
                        """)
                .bind("id", UUID.randomUUID().toString())
                .bind("at", clock.instant().toEpochMilli())
                .bind("user", user.value())
                .bind("action", action.word())
                .bind("provider", subject.provider())
                .bind("model", subject.modelId())
                .bind("hint", subject.keyHint())
                .bind("detail", subject.detail())
                .execute();
    }

    /** Notes an event that changes nothing else. */
    public void note(UserId user, AuditEvent.Action action, AuditEvent.Subject subject) {
        database.write(handle -> {
            note(handle, user, action, subject);
            return true;
        });
    }

    /**
     * The latest events, oldest first.
     *
     * @param user null for all users
     */
    public List<AuditEvent> latest(@Nullable String user, int count) {
        return database.read(handle -> handle.createQuery("""
                                SELECT at, user_id, action, provider, model_id, key_hint, detail FROM audit_event
                                WHERE :everybody = 1 OR user_id = :user
                                ORDER BY at DESC, event_id
                                LIMIT :count
                                """)
                        .bind("everybody", user == null ? 1 : 0)
                        .bind("user", user == null ? "" : user)
                        .bind("count", count)
                        .map(AuditLog::read)
                        .list())
                .reversed();
    }

    private static AuditEvent read(ResultSet row, StatementContext context) throws SQLException {
        return new AuditEvent(
                Instant.ofEpochMilli(row.getLong("at")),
                row.getString("user_id"),
                AuditEvent.Action.ofWord(row.getString("action")),
                new AuditEvent.Subject(
                        row.getString("provider"),
                        row.getString("model_id"),
                        row.getString("key_hint"),
                        row.getString("detail")));
    }
}

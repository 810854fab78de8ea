package io.keyswitch.audit;

import io.keyswitch.core.UserId;
import io.keyswitch.sql.Database;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jdbi.v3.core.Handle;

/** Records events in the audit log. Append-only: no statement updates or deletes a row. Blocking; thread-safe. */
public final class AuditLog {
    private final Database database;
    private final InstantSource clock;
    private final AtomicLong recorded = new AtomicLong();

    public AuditLog(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Records an event in the transaction of the change it describes. */
    public void note(Handle handle, UserId user, AuditEvent.Action action, AuditEvent.Subject subject) {
        handle.createUpdate("""
                        INSERT INTO audit_event (event_id, at, user_id, action, provider, model_id, key_hint, detail)
                        VALUES (:id, :at, :user, :action, :provider, :modelId, :keyHint, :detail)
                        """)
                .bind("id", nextId())
                .bind("at", clock.instant())
                .bind("user", user)
                .bind("action", action.word())
                .bindMethods(subject)
                .execute();
    }

    /** An ID that sorts events of the same instant in the order in which this process recorded them. */
    private String nextId() {
        return "%016x-%s".formatted(recorded.incrementAndGet(), UUID.randomUUID());
    }

    /** Records an event in a transaction of its own. */
    public void note(UserId user, AuditEvent.Action action, AuditEvent.Subject subject) {
        database.write(handle -> {
            note(handle, user, action, subject);
            return true;
        });
    }
}

package io.keyswitch.audit;

import io.keyswitch.sql.DatabaseReader;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultIterable;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Reads the audit log. Blocking; thread-safe. */
public final class RecordedEvents {
    private static final String COLUMNS = "at, user_id, action, provider, model_id, key_hint, detail";

    private final DatabaseReader database;

    public RecordedEvents(DatabaseReader database) {
        this.database = database;
    }

    /** The sort key of an event; public only for Jdbi. */
    public record Place(long at, String eventId) {}

    /**
     * Streams the latest events to a reader, oldest first.
     *
     * @param user null for all users
     * @param count the maximum number of events, at least 1
     */
    public void latest(@Nullable String user, int count, Consumer<AuditEvent> reader) {
        database.read(handle -> {
            var oldest = place(handle, user, count);
            try (var events =
                    (user == null ? eventsSince(handle, oldest) : eventsSince(handle, user, oldest)).stream()) {
                events.forEach(reader);
            }
            return true;
        });
    }

    /** Whether there is an event of exactly this user. */
    public boolean hasEventsOf(String user) {
        return database.read(handle -> handle.createQuery("SELECT 1 FROM audit_event WHERE user_id = :user LIMIT 1")
                .bind("user", user)
                .mapTo(Integer.class)
                .findOne()
                .isPresent());
    }

    /** The first users with events whose ID contains a text, ignoring the case of English letters. */
    public List<String> usersContaining(String text, int count) {
        var literal = text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
        return database.read(handle -> handle.createQuery("""
                        SELECT DISTINCT user_id FROM audit_event
                        WHERE lower(user_id) LIKE lower(:pattern) ESCAPE '!'
                        ORDER BY user_id LIMIT :count
                        """)
                .bind("pattern", "%" + literal + "%")
                .bind("count", count)
                .mapTo(String.class)
                .list());
    }

    /** The sort key of the oldest of the latest {@code count} events. */
    private static Place place(Handle handle, @Nullable String user, int count) {
        var query =
                user == null ? handle.createQuery("""
                        SELECT at, event_id FROM audit_event
                        ORDER BY at DESC, event_id DESC LIMIT 1 OFFSET :skipped
                        """) : handle.createQuery("""
                        SELECT at, event_id FROM audit_event WHERE user_id = :user
                        ORDER BY at DESC, event_id DESC LIMIT 1 OFFSET :skipped
                        """).bind("user", user);
        return query.bind("skipped", count - 1)
                .map((row, _) -> new Place(row.getLong("at"), row.getString("event_id")))
                .findOne()
                .orElse(new Place(Long.MIN_VALUE, ""));
    }

    private static ResultIterable<AuditEvent> eventsSince(Handle handle, Place oldest) {
        return handle.createQuery("SELECT " + COLUMNS + """
                         FROM audit_event
                        WHERE (at, event_id) >= (:at, :eventId)
                        ORDER BY at, event_id
                        """).bindMethods(oldest).map(RecordedEvents::read);
    }

    private static ResultIterable<AuditEvent> eventsSince(Handle handle, String user, Place oldest) {
        return handle.createQuery("SELECT " + COLUMNS + """
                         FROM audit_event
                        WHERE user_id = :user AND (at, event_id) >= (:at, :eventId)
                        ORDER BY at, event_id
                        """)
                .bind("user", user)
                .bindMethods(oldest)
                .map(RecordedEvents::read);
    }

    private static AuditEvent read(ResultSet row, StatementContext context) throws SQLException {
        return new AuditEvent(
                Instant.ofEpochMilli(row.getLong("at")),
                row.getString("user_id"),
                row.getString("action"),
                new AuditEvent.Subject(
                        row.getString("provider"),
                        row.getString("model_id"),
                        row.getString("key_hint"),
                        row.getString("detail")));
    }
}

package io.keyswitch.chat;

import static io.keyswitch.chat.MessageRow.COLUMNS;

import io.keyswitch.core.ThreadId;
import io.keyswitch.core.ThreadRef;
import io.keyswitch.core.UserId;
import io.keyswitch.sql.Database;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The stored threads, to be listed, read and deleted. Every statement names the owner. Blocking; thread-safe. */
public final class Threads {
    /** A thread in a list. */
    public record Summary(ThreadId id, String title, long messageCount, Instant updatedAt) {}

    /**
     * Messages of a thread.
     *
     * @param more whether others follow in the same direction
     */
    record Part(List<StoredMessage> messages, boolean more) {}

    /** A place in the list of a user's threads; public for the database library alone. */
    public record Place(Instant at, String id) {
        static final Place NEWEST = new Place(Instant.ofEpochMilli(Long.MAX_VALUE), "");
    }

    /** What a part holds at most, but for its first message. */
    static final int MAX_CHARACTERS = 256 << 10;

    private final Database database;

    public Threads(Database database) {
        this.database = database;
    }

    boolean exists(UserId user, ThreadId thread) {
        return database.read(
                handle -> handle.createQuery("SELECT 1 FROM thread WHERE user_id = :user AND thread_id = :thread")
                        .bindMethods(new ThreadRef(user, thread))
                        .mapTo(Integer.class)
                        .findOne()
                        .isPresent());
    }

    /** The oldest messages of a thread behind a place, oldest first. */
    Part after(UserId user, ThreadId thread, long seq, int limit) {
        return messages(user, thread, seq, limit, "seq > :seq", "seq");
    }

    /** The newest messages of a thread in front of a place, newest first. */
    Part before(UserId user, ThreadId thread, long seq, int limit) {
        return messages(user, thread, seq, limit, "seq < :seq", "seq DESC");
    }

    /** An answer in progress is not shown: its text may still be discarded. */
    private Part messages(UserId user, ThreadId thread, long seq, int limit, String where, String order) {
        return database.read(handle -> handle.createQuery("SELECT " + COLUMNS + """
                         FROM message
                        WHERE user_id = :user AND thread_id = :thread AND <where>
                          AND NOT (status = 'streaming' AND role = 'assistant')
                        ORDER BY <order>
                        LIMIT :limit
                        """)
                .define("where", where)
                .define("order", order)
                .bindMethods(new ThreadRef(user, thread))
                .bind("seq", seq)
                .bind("limit", limit + 1)
                .map((row, _) -> MessageRow.read(row))
                .withStream(found -> firstOf(found.iterator(), limit)));
    }

    private static Part firstOf(Iterator<StoredMessage> found, int limit) {
        var messages = new ArrayList<StoredMessage>();
        int characters = 0;
        while (found.hasNext() && messages.size() < limit && characters < MAX_CHARACTERS) {
            var message = found.next();
            messages.add(message);
            characters += message.content().length();
        }
        return new Part(messages, found.hasNext());
    }

    /**
     * The user's threads, newest first.
     *
     * @param before a thread of the user's to begin behind; null to begin with the newest
     */
    List<Summary> list(UserId user, @Nullable Summary before, int limit) {
        var from = before == null
                ? Place.NEWEST
                : new Place(before.updatedAt(), before.id().value());
        return database.read(handle -> handle.createQuery("""
                        SELECT thread_id, title, message_count, updated_at
                        FROM thread
                        WHERE user_id = :user AND (updated_at < :at OR (updated_at = :at AND thread_id > :id))
                        ORDER BY updated_at DESC, thread_id
                        LIMIT :limit
                        """)
                .bind("user", user)
                .bindMethods(from)
                .bind("limit", limit)
                .map((row, _) -> new Summary(
                        new ThreadId(row.getString("thread_id")),
                        row.getString("title"),
                        row.getLong("message_count"),
                        Instant.ofEpochMilli(row.getLong("updated_at"))))
                .list());
    }

    /**
     * Deletes a thread and all its messages.
     *
     * @param with what else goes with it
     * @return whether the user had it
     */
    boolean delete(UserId user, ThreadId thread, Consumer<Handle> with) {
        return database.erase(handle -> {
            with.accept(handle);
            handle.createUpdate("DELETE FROM message WHERE user_id = :user AND thread_id = :thread")
                    .bindMethods(new ThreadRef(user, thread))
                    .execute();
            return handle.createUpdate("DELETE FROM thread WHERE user_id = :user AND thread_id = :thread")
                            .bindMethods(new ThreadRef(user, thread))
                            .execute()
                    > 0;
        });
    }
}

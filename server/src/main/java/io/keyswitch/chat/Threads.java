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

/** Lists, reads and deletes stored threads. Every query filters by user. Blocking; thread-safe. */
public final class Threads {
    /** A thread in a list. */
    public record Summary(ThreadId id, String title, long messageCount, Instant updatedAt) {}

    /**
     * Messages of a thread.
     *
     * @param more whether more follow in the same direction
     */
    record Part(List<StoredMessage> messages, boolean more) {}

    /** A cursor in the list of a user's threads; public only for Jdbi. */
    public record Place(Instant at, String id) {
        static final Place NEWEST = new Place(Instant.ofEpochMilli(Long.MAX_VALUE), "");
    }

    /** A part ends with the message that reaches this total length. */
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

    /** The messages after a sequence number, oldest first. */
    Part after(UserId user, ThreadId thread, long seq, int limit) {
        return messages(user, thread, seq, limit, "seq > :seq", "seq");
    }

    /** The messages before a sequence number, newest first. */
    Part before(UserId user, ThreadId thread, long seq, int limit) {
        return messages(user, thread, seq, limit, "seq < :seq", "seq DESC");
    }

    /** Leaves out an answer in progress, because its text may still be discarded. */
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
     * @param before the last thread of the previous page; null to begin with the newest
     */
    List<Summary> list(UserId user, @Nullable Summary before, int limit) {
        var from = before == null
                ? Place.NEWEST
                : new Place(before.updatedAt(), before.id().value());
        return database.read(handle -> handle.createQuery("""
                        SELECT thread_id, title, message_count, updated_at
                        FROM thread
                        WHERE user_id = :user AND updated_at <= :at AND (updated_at < :at OR thread_id > :id)
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
     * @param with deletes data of the thread in other tables, in the same transaction
     * @return whether the thread existed
     */
    boolean delete(UserId user, ThreadId thread, Consumer<Handle> with) {
        return database.erase(handle -> {
            // First, so that other processes that change the thread end before, or begin after it.
            boolean existed = delete(handle, "thread", new ThreadRef(user, thread)) > 0;
            delete(handle, "message", new ThreadRef(user, thread));
            with.accept(handle);
            return existed;
        });
    }

    private static int delete(Handle handle, String table, ThreadRef thread) {
        return handle.createUpdate("DELETE FROM <table> WHERE user_id = :user AND thread_id = :thread")
                .define("table", table)
                .bindMethods(thread)
                .execute();
    }
}

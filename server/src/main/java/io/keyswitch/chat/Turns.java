package io.keyswitch.chat;

import static io.keyswitch.chat.MessageRow.COLUMNS;

import io.keyswitch.chat.StoredMessage.Kind;
import io.keyswitch.chat.StoredMessage.Status;
import io.keyswitch.core.ThreadRef;
import io.keyswitch.sql.Database;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The turns of threads: a user's message and its answer, stored as two rows with consecutive sequence numbers. Every
 * query filters by user, except {@link #markInterrupted}. Blocking; thread-safe.
 */
public final class Turns {
    /**
     * A stored turn.
     *
     * @param answer null if there is none
     */
    record Turn(StoredMessage user, @Nullable StoredMessage answer, long messageCount) {}

    /**
     * The result of an attempt at an answer.
     *
     * @param text the text that arrived; empty for none
     */
    record Outcome(Status status, String text) {}

    /**
     * A user's message as it is stored.
     *
     * @param clientMessageId the client's idempotency key; null for none
     */
    record Asked(String text, @Nullable String clientMessageId) {}

    private static final int TITLE_LENGTH = 80;

    private final Database database;
    private final InstantSource clock;

    public Turns(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Marks turns of all users that a crash left in progress as incomplete. Call once, before the first turn. */
    public int markInterrupted() {
        return database.write(handle -> {
            handle.execute("DELETE FROM message WHERE status = 'streaming' AND role = 'assistant' AND content = ''");
            return handle.execute("UPDATE message SET status = 'incomplete' WHERE status = 'streaming'");
        });
    }

    /** The turn with an idempotency key; null if there is none. */
    @Nullable
    Turn findTurn(ThreadRef thread, String clientMessageId) {
        return database.read(handle -> handle.createQuery("SELECT " + COLUMNS + """
                         FROM message
                        WHERE user_id = :user AND thread_id = :thread AND client_message_id = :client
                        """)
                .bindMethods(thread)
                .bind("client", clientMessageId)
                .map((row, _) -> MessageRow.read(row))
                .findOne()
                .map(asked -> new Turn(asked, answer(handle, thread, asked.seq() + 1), count(handle, thread)))
                .orElse(null));
    }

    private static @Nullable StoredMessage answer(Handle handle, ThreadRef thread, long seq) {
        return handle.createQuery("SELECT " + COLUMNS + """
                         FROM message
                        WHERE user_id = :user AND thread_id = :thread AND seq = :seq AND role = 'assistant'
                        """)
                .bindMethods(thread)
                .bind("seq", seq)
                .map((row, _) -> MessageRow.read(row))
                .findOne()
                .orElse(null);
    }

    private static long count(Handle handle, ThreadRef thread) {
        return handle.createQuery("SELECT message_count FROM thread WHERE user_id = :user AND thread_id = :thread")
                .bindMethods(thread)
                .mapTo(Long.class)
                .findOne()
                .orElse(0L);
    }

    /** Stores a turn of the flow, both messages and their state change, in one transaction. */
    Turn addTurn(ThreadRef thread, Asked asked, String reply, Consumer<Handle> change) {
        var now = clock.instant();
        return database.write(handle -> {
            change.accept(handle);
            long seq = claim(handle, thread, Kind.MODEL_CHANGE, asked.text(), 2, now);
            var turnId = newTurnId();
            insert(handle, MessageRow.asked(thread, seq, Kind.MODEL_CHANGE, Status.COMPLETE, asked, turnId, now));
            insert(
                    handle,
                    MessageRow.answer(thread, seq + 1, Kind.MODEL_CHANGE, reply, ServedBy.KEYSWITCH, turnId, now));
            return turn(handle, thread, seq);
        });
    }

    /** Stores a user's message and an empty answer in progress. */
    Turn beginTurn(ThreadRef thread, Asked asked, ServedBy servedBy) {
        var now = clock.instant();
        return database.write(handle -> {
            long seq = claim(handle, thread, Kind.CHAT, asked.text(), 1, now);
            var turnId = newTurnId();
            insert(handle, MessageRow.asked(thread, seq, Kind.CHAT, Status.STREAMING, asked, turnId, now));
            insert(handle, MessageRow.answer(thread, seq + 1, Kind.CHAT, null, servedBy, turnId, now));
            return turn(handle, thread, seq);
        });
    }

    /** Reopens an incomplete turn for another attempt with a new turn ID; deletes its partial answer. */
    Turn reopenTurn(ThreadRef thread, StoredMessage begun, ServedBy servedBy) {
        var now = clock.instant();
        return database.write(handle -> {
            long seq = begun.seq();
            int answers = deleteAnswer(handle, thread, seq + 1);
            countMessages(handle, thread, -answers, now);
            var turnId = newTurnId();
            insert(handle, MessageRow.answer(thread, seq + 1, Kind.CHAT, null, servedBy, turnId, now));
            identify(handle, thread, seq, turnId);
            return turn(handle, thread, seq);
        });
    }

    private static String newTurnId() {
        return UUID.randomUUID().toString();
    }

    /** Sets the turn ID of a new attempt on a user's message. */
    private static void identify(Handle handle, ThreadRef thread, long seq, String turnId) {
        int found = handle.createUpdate("""
                        UPDATE message SET turn_id = :turn, status = 'streaming'
                        WHERE user_id = :user AND thread_id = :thread AND seq = :seq
                        """)
                .bindMethods(thread)
                .bind("seq", seq)
                .bind("turn", turnId)
                .execute();
        if (found == 0) {
            throw new ThreadDeletedException();
        }
    }

    /**
     * Stores the result of an attempt and ends the turn.
     *
     * @param begun the user's message, as read when the attempt began
     * @throws ThreadDeletedException if the message was deleted since, even if its sequence number was reused
     */
    Turn endTurn(ThreadRef thread, StoredMessage begun, Outcome outcome) {
        var now = clock.instant();
        return database.write(handle -> {
            long seq = begun.seq();
            setStatus(handle, thread, begun, outcome.status());
            if (outcome.text().isEmpty()) {
                deleteAnswer(handle, thread, seq + 1);
            } else {
                countMessages(handle, thread, setAnswer(handle, thread, seq + 1, outcome, now), now);
            }
            return turn(handle, thread, seq);
        });
    }

    private static int setAnswer(Handle handle, ThreadRef thread, long seq, Outcome outcome, Instant now) {
        return handle.createUpdate("""
                        UPDATE message SET status = :status, content = :content, created_at = :at
                        WHERE user_id = :user AND thread_id = :thread AND seq = :seq AND role = 'assistant'
                        """)
                .bindMethods(thread)
                .bind("seq", seq)
                .bind("status", outcome.status().word())
                .bind("content", outcome.text())
                .bind("at", now)
                .execute();
    }

    private static Turn turn(Handle handle, ThreadRef thread, long seq) {
        var message = handle.createQuery("SELECT " + COLUMNS
                        + " FROM message WHERE user_id = :user AND thread_id = :thread AND seq = :seq")
                .bindMethods(thread)
                .bind("seq", seq)
                .map((row, _) -> MessageRow.read(row))
                .findOne()
                .orElseThrow(ThreadDeletedException::new);
        return new Turn(message, answer(handle, thread, seq + 1), count(handle, thread));
    }

    /**
     * Reserves the next two sequence numbers of a thread, creating the thread if needed. The first message for the model
     * is its title, and until there is one, the first message of the flow.
     */
    private static long claim(Handle handle, ThreadRef thread, Kind kind, String text, int added, Instant now) {
        return handle.createQuery("""
                        INSERT INTO thread (user_id, thread_id, title, message_count, next_seq, created_at, updated_at)
                        VALUES (:user, :thread, :title, :added, 3, :at, :at)
                        ON CONFLICT (user_id, thread_id) DO UPDATE SET
                            message_count = thread.message_count + :added,
                            next_seq = thread.next_seq + 2,
                            updated_at = :at,
                            title = CASE WHEN :kind = 'chat' AND NOT EXISTS (
                                SELECT 1 FROM message
                                WHERE message.user_id = :user AND message.thread_id = :thread AND message.kind = 'chat')
                                THEN excluded.title ELSE thread.title END
                        RETURNING next_seq
                        """)
                        .bindMethods(thread)
                        .bind("kind", kind.word())
                        .bind("title", title(text))
                        .bind("added", added)
                        .bind("at", now)
                        .mapTo(Long.class)
                        .one()
                - 2;
    }

    private static String title(String text) {
        var line = text.strip().lines().findFirst().orElse("");
        int end = line.offsetByCodePoints(0, Math.min(TITLE_LENGTH, line.codePointCount(0, line.length())));
        return end < line.length() ? line.substring(0, end) + "…" : line;
    }

    private static void insert(Handle handle, MessageRow row) {
        handle.createUpdate("""
                        INSERT INTO message
                            (user_id, thread_id, seq, role, kind, status, content, client_message_id,
                             provider, model_id, key_source, turn_id, created_at)
                        VALUES (:in.user, :in.thread, :seq, :role, :kind, :status, :content, :clientMessageId,
                                :servedBy?.provider, :servedBy?.modelId, :servedBy?.keySource, :turnId, :createdAt)
                        """).bindMethods(row).execute();
    }

    private static void setStatus(Handle handle, ThreadRef thread, StoredMessage begun, Status status) {
        int found = handle.createUpdate("""
                        UPDATE message SET status = :status
                        WHERE user_id = :user AND thread_id = :thread AND seq = :seq AND turn_id = :turn
                        """)
                .bindMethods(thread)
                .bind("seq", begun.seq())
                .bind("turn", begun.turnId())
                .bind("status", status.word())
                .execute();
        if (found == 0) {
            throw new ThreadDeletedException();
        }
    }

    private static int deleteAnswer(Handle handle, ThreadRef thread, long seq) {
        return handle.createUpdate("""
                        DELETE FROM message
                        WHERE user_id = :user AND thread_id = :thread AND seq = :seq AND role = 'assistant'
                        """).bindMethods(thread).bind("seq", seq).execute();
    }

    private static void countMessages(Handle handle, ThreadRef thread, int added, Instant now) {
        handle.createUpdate("""
                        UPDATE thread SET message_count = message_count + :added, updated_at = :at
                        WHERE user_id = :user AND thread_id = :thread
                        """)
                .bindMethods(thread)
                .bind("added", added)
                .bind("at", now)
                .execute();
    }

    /**
     * Reads the messages before a sequence number lazily, newest first: a thread may be far longer than the history
     * that is sent to a model.
     */
    <T> T newestBefore(ThreadRef thread, long seq, Function<Iterator<StoredMessage>, T> reader) {
        return database.read(handle -> handle.createQuery("SELECT " + COLUMNS + """
                         FROM message
                        WHERE user_id = :user AND thread_id = :thread AND seq < :seq
                        ORDER BY seq DESC
                        """)
                .bindMethods(thread)
                .bind("seq", seq)
                .map((row, _) -> MessageRow.read(row))
                .withStream(messages -> reader.apply(messages.iterator())));
    }
}

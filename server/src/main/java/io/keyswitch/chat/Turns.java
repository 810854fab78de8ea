package io.keyswitch.chat;

import static io.keyswitch.chat.MessageRow.COLUMNS;

import io.keyswitch.chat.StoredMessage.Kind;
import io.keyswitch.chat.StoredMessage.Status;
import io.keyswitch.core.ThreadRef;
import io.keyswitch.sql.Database;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The turns of threads: a user's message and its answer, stored as two rows with consecutive sequence numbers. Every change
 * locks the row of its thread first, so that those of other processes wait for it. Blocking; thread-safe.
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
    private static final int PAGE = 40;

    private final Database database;
    private final InstantSource clock;
    private final String node;

    /**
     * Creates the service for all users.
     *
     * @param node identifies this process
     */
    public Turns(Database database, InstantSource clock, String node) {
        this.database = database;
        this.clock = clock;
        this.node = node;
    }

    /** The turn with an idempotency key; null if there is none. */
    @Nullable
    Turn findTurn(ThreadRef thread, String clientMessageId) {
        return database.read(handle -> findTurn(handle, thread, clientMessageId));
    }

    private static @Nullable Turn findTurn(Handle handle, ThreadRef thread, String clientMessageId) {
        return handle.createQuery("SELECT " + COLUMNS + """
                         FROM message
                        WHERE user_id = :user AND thread_id = :thread AND client_message_id = :client
                        """)
                .bindMethods(thread)
                .bind("client", clientMessageId)
                .map((row, _) -> MessageRow.read(row))
                .findOne()
                .map(asked -> new Turn(asked, answer(handle, thread, asked.seq() + 1), count(handle, thread)))
                .orElse(null);
    }

    /** A turn as it is now, with what is stored of its answer; null if it was deleted or begun anew. */
    @Nullable
    Turn findAttempt(ThreadRef thread, StoredMessage begun) {
        return database.read(handle -> handle.createQuery("SELECT " + COLUMNS + """
                         FROM message
                        WHERE user_id = :user AND thread_id = :thread AND seq = :seq AND turn_id = :turn
                        """)
                .bindMethods(thread)
                .bind("seq", begun.seq())
                .bind("turn", begun.turnId())
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

    /**
     * Stores a turn of the flow and its state change.
     *
     * @throws ThreadChangedException if the idempotency key was used meanwhile
     */
    Turn addTurn(ThreadRef thread, Asked asked, String reply, Consumer<Handle> change) {
        var now = clock.instant();
        return database.write(handle -> {
            long seq = claim(handle, thread, Kind.MODEL_CHANGE, asked.text(), 2, now);
            requireUnused(handle, thread, asked);
            change.accept(handle);
            var turnId = newTurnId();
            insert(handle, MessageRow.asked(thread, seq, Kind.MODEL_CHANGE, Status.COMPLETE, asked, turnId, now));
            insert(
                    handle,
                    MessageRow.answer(thread, seq + 1, Kind.MODEL_CHANGE, reply, ServedBy.KEYSWITCH, turnId, now));
            return turn(handle, thread, seq);
        });
    }

    /** Another process may have stored the same message since this one looked for it. */
    private static void requireUnused(Handle handle, ThreadRef thread, Asked asked) {
        if (asked.clientMessageId() != null && findTurn(handle, thread, asked.clientMessageId()) != null) {
            throw new ThreadChangedException();
        }
    }

    /**
     * Stores a user's message and an empty answer in progress.
     *
     * @param change a change of the flow, in the same transaction
     * @throws ThreadChangedException if the idempotency key was used meanwhile
     */
    Turn beginTurn(ThreadRef thread, Asked asked, ServedBy servedBy, Consumer<Handle> change) {
        var now = clock.instant();
        return database.write(handle -> {
            long seq = claim(handle, thread, Kind.CHAT, asked.text(), 1, now);
            requireUnused(handle, thread, asked);
            change.accept(handle);
            var turnId = newTurnId();
            insert(handle, MessageRow.asked(thread, seq, Kind.CHAT, Status.STREAMING, asked, turnId, now));
            insert(handle, MessageRow.answer(thread, seq + 1, Kind.CHAT, null, servedBy, turnId, now));
            return turn(handle, thread, seq);
        });
    }

    /**
     * Reopens an incomplete turn for another attempt with a new turn ID; deletes its partial answer.
     *
     * @throws ThreadChangedException if another attempt was begun meanwhile
     */
    Turn reopenTurn(ThreadRef thread, StoredMessage begun, ServedBy servedBy) {
        var now = clock.instant();
        return database.write(handle -> {
            lock(handle, thread);
            long seq = begun.seq();
            var turnId = newTurnId();
            identify(handle, thread, begun, turnId);
            int answers = deleteAnswer(handle, thread, seq + 1);
            countMessages(handle, thread, -answers, now);
            insert(handle, MessageRow.answer(thread, seq + 1, Kind.CHAT, null, servedBy, turnId, now));
            return turn(handle, thread, seq);
        });
    }

    /** Makes changes of the thread by other processes wait, by an update that changes nothing. */
    private static void lock(Handle handle, ThreadRef thread) {
        int found = handle.createUpdate(
                        "UPDATE thread SET next_seq = next_seq WHERE user_id = :user AND thread_id = :thread")
                .bindMethods(thread)
                .execute();
        if (found == 0) {
            throw new ThreadDeletedException();
        }
    }

    private static String newTurnId() {
        return UUID.randomUUID().toString();
    }

    /** Sets the turn ID of a new attempt on a user's message. */
    private void identify(Handle handle, ThreadRef thread, StoredMessage begun, String turnId) {
        int found = handle.createUpdate("""
                        UPDATE message SET turn_id = :turn, status = 'streaming', node_id = :node
                        WHERE user_id = :user AND thread_id = :thread AND seq = :seq AND status <> 'streaming'
                          AND coalesce(turn_id, '') = coalesce(:before, '')
                        """)
                .bindMethods(thread)
                .bind("seq", begun.seq())
                .bind("turn", turnId)
                .bind("before", begun.turnId())
                .bind("node", node)
                .execute();
        if (found == 0) {
            throw new ThreadChangedException();
        }
    }

    /**
     * Stores the result of an attempt and ends the turn.
     *
     * @param begun the user's message, as read when the attempt began
     * @throws ThreadDeletedException if the message was deleted since, even if its sequence number was reused
     * @throws TurnEndedException if another process has ended it
     */
    Turn endTurn(ThreadRef thread, StoredMessage begun, Outcome outcome) {
        var now = clock.instant();
        return database.write(handle -> {
            lock(handle, thread);
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

    /** Ends a turn whose process has ended, with what is stored of its answer, unless another process did that. */
    void interrupt(ThreadRef thread, StoredMessage begun) {
        var turn = findAttempt(thread, begun);
        var answer = turn == null ? null : turn.answer();
        try {
            var _ = endTurn(thread, begun, new Outcome(Status.INCOMPLETE, answer == null ? "" : answer.content()));
        } catch (ThreadDeletedException | TurnEndedException _) {
            // Nothing is left to end.
        }
    }

    /** Whether a message is stored, whatever attempts there were to answer it. */
    boolean isStored(ThreadRef thread, StoredMessage message) {
        return database.read(handle -> handle.createQuery("""
                        SELECT 1 FROM message
                        WHERE user_id = :user AND thread_id = :thread AND seq = :seq
                          AND client_message_id = :client
                        """)
                .bindMethods(thread)
                .bind("seq", message.seq())
                .bind("client", message.attempt().clientMessageId())
                .mapTo(Integer.class)
                .findOne()
                .isPresent());
    }

    private static int setAnswer(Handle handle, ThreadRef thread, long seq, Outcome outcome, Instant now) {
        return handle.createUpdate("""
                        UPDATE message SET status = :status, content = :content, created_at = :at, node_id = NULL
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
        long seq = handle.createQuery("""
                        INSERT INTO thread (user_id, thread_id, title, message_count, next_seq, created_at, updated_at)
                        VALUES (:user, :thread, :title, :added, 3, :at, :at)
                        ON CONFLICT (user_id, thread_id) DO UPDATE SET
                            message_count = thread.message_count + :added,
                            next_seq = thread.next_seq + 2,
                            updated_at = :at
                        RETURNING next_seq
                        """)
                        .bindMethods(thread)
                        .bind("title", title(text))
                        .bind("added", added)
                        .bind("at", now)
                        .mapTo(Long.class)
                        .one()
                - 2;
        if (kind == Kind.CHAT && seq > 1) {
            nameAfterFirstForModel(handle, thread, text);
        }
        return seq;
    }

    private static void nameAfterFirstForModel(Handle handle, ThreadRef thread, String text) {
        handle.createUpdate("""
                        UPDATE thread SET title = :title
                        WHERE user_id = :user AND thread_id = :thread AND NOT EXISTS (
                            SELECT 1 FROM message
                            WHERE message.user_id = :user AND message.thread_id = :thread AND message.kind = 'chat')
                        """).bindMethods(thread).bind("title", title(text)).execute();
    }

    private static String title(String text) {
        var line = text.strip().lines().findFirst().orElse("");
        int end = line.offsetByCodePoints(0, Math.min(TITLE_LENGTH, line.codePointCount(0, line.length())));
        return end < line.length() ? line.substring(0, end) + "…" : line;
    }

    private void insert(Handle handle, MessageRow row) {
        handle.createUpdate("""
                        INSERT INTO message
                            (user_id, thread_id, seq, role, kind, status, content, client_message_id,
                             provider, model_id, key_source, turn_id, created_at, node_id)
                        VALUES (:in.user, :in.thread, :seq, :role, :kind, :status, :content, :clientMessageId,
                                :servedBy?.provider, :servedBy?.modelId, :servedBy?.keySource, :turnId, :createdAt, :node)
                        """)
                .bindMethods(row)
                .bind("node", row.isInProgress() ? node : null)
                .execute();
    }

    private static void setStatus(Handle handle, ThreadRef thread, StoredMessage begun, Status status) {
        int found = handle.createUpdate("""
                        UPDATE message SET status = :status, node_id = NULL, wanted = NULL
                        WHERE user_id = :user AND thread_id = :thread AND seq = :seq AND turn_id = :turn
                          AND status = 'streaming'
                        """)
                .bindMethods(thread)
                .bind("seq", begun.seq())
                .bind("turn", begun.turnId())
                .bind("status", status.word())
                .execute();
        if (found == 0) {
            throw isAttempt(handle, thread, begun) ? new TurnEndedException() : new ThreadDeletedException();
        }
    }

    private static boolean isAttempt(Handle handle, ThreadRef thread, StoredMessage begun) {
        return handle.createQuery("""
                        SELECT 1 FROM message
                        WHERE user_id = :user AND thread_id = :thread AND seq = :seq AND turn_id = :turn
                        """)
                .bindMethods(thread)
                .bind("seq", begun.seq())
                .bind("turn", begun.turnId())
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
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
     * Reads the messages before a sequence number page by page, newest first: a thread may be far longer than the history
     * that is sent to a model.
     */
    Iterator<StoredMessage> newestBefore(ThreadRef thread, long seq) {
        var pages = Stream.iterate(
                pageBefore(thread, seq),
                page -> !page.isEmpty(),
                page -> pageBefore(thread, page.getLast().seq()));
        return pages.flatMap(List::stream).iterator();
    }

    private List<StoredMessage> pageBefore(ThreadRef thread, long seq) {
        return database.read(handle -> handle.createQuery("SELECT " + COLUMNS + """
                         FROM message
                        WHERE user_id = :user AND thread_id = :thread AND seq < :seq
                        ORDER BY seq DESC
                        LIMIT :page
                        """)
                .bindMethods(thread)
                .bind("seq", seq)
                .bind("page", PAGE)
                .map((row, _) -> MessageRow.read(row))
                .list());
    }
}

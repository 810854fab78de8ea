package io.keyswitch.chat;

import static io.keyswitch.chat.MessageRow.COLUMNS;

import io.keyswitch.chat.StoredMessage.Kind;
import io.keyswitch.chat.StoredMessage.Status;
import io.keyswitch.core.ThreadId;
import io.keyswitch.core.UserId;
import io.keyswitch.llm.ChatMessage.Role;
import io.keyswitch.sql.Database;
import java.time.Instant;
import java.util.Iterator;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The turns of threads: a user's message and its answer, stored as two rows with neighbouring numbers. Every statement
 * filters by owner, except {@link #markInterrupted}. Blocking; thread-safe.
 */
public final class Turns {
    /**
     * A stored turn.
     *
     * @param answer null if none came
     */
    record Turn(StoredMessage user, @Nullable StoredMessage answer, long messageCount) {}

    /**
     * What a turn's answer became.
     *
     * @param text what arrived of it; empty for nothing
     */
    record Outcome(Status status, String text) {}

    private static final int TITLE_LENGTH = 80;

    private final Database database;

    public Turns(Database database) {
        this.database = database;
    }

    /** Marks every turn, whoever's, that a crash left open. To be called once, before the first turn. */
    public int markInterrupted() {
        return database.write(handle -> {
            handle.execute("DELETE FROM message WHERE status = 'streaming' AND role = 'assistant' AND content = ''");
            return handle.execute("UPDATE message SET status = 'incomplete' WHERE status = 'streaming'");
        });
    }

    /** The turn a client's message id stands for; null if there is none. */
    @Nullable
    Turn findTurn(UserId user, ThreadId thread, String clientMessageId) {
        return database.read(handle -> {
            var message = handle.createQuery("SELECT " + COLUMNS + """
                             FROM message
                            WHERE user_id = :user AND thread_id = :thread AND client_message_id = :client
                            """)
                    .bind("user", user.value())
                    .bind("thread", thread.value())
                    .bind("client", clientMessageId)
                    .map((row, _) -> MessageRow.read(row))
                    .findOne();
            return message.map(found -> new Turn(
                            found, message(handle, user, thread, found.seq() + 1), count(handle, user, thread)))
                    .orElse(null);
        });
    }

    private static @Nullable StoredMessage message(Handle handle, UserId user, ThreadId thread, long seq) {
        return handle.createQuery("SELECT " + COLUMNS + """
                         FROM message
                        WHERE user_id = :user AND thread_id = :thread AND seq = :seq AND role = 'assistant'
                        """)
                .bind("user", user.value())
                .bind("thread", thread.value())
                .bind("seq", seq)
                .map((row, _) -> MessageRow.read(row))
                .findOne()
                .orElse(null);
    }

    private static long count(Handle handle, UserId user, ThreadId thread) {
        return handle.createQuery("SELECT message_count FROM thread WHERE user_id = :user AND thread_id = :thread")
                .bind("user", user.value())
                .bind("thread", thread.value())
                .mapTo(Long.class)
                .findOne()
                .orElse(0L);
    }

    /** Stores a turn of the flow: both messages and what they change, at once. */
    Turn addTurn(
            UserId user,
            ThreadId thread,
            @Nullable String clientMessageId,
            String text,
            String reply,
            Consumer<Handle> change,
            Instant now) {
        return database.write(handle -> {
            change.accept(handle);
            long seq = claim(handle, user, thread, text, 2, now);
            insert(
                    handle,
                    user,
                    thread,
                    seq,
                    Role.USER,
                    Kind.MODEL_CHANGE,
                    Status.COMPLETE,
                    text,
                    clientMessageId,
                    null,
                    now);
            insert(
                    handle,
                    user,
                    thread,
                    seq + 1,
                    Role.ASSISTANT,
                    Kind.MODEL_CHANGE,
                    Status.COMPLETE,
                    reply,
                    null,
                    ServedBy.KEYSWITCH,
                    now);
            return turn(handle, user, thread, seq);
        });
    }

    /** Stores a user's message whose answer is in progress. */
    Turn beginTurn(
            UserId user,
            ThreadId thread,
            @Nullable String clientMessageId,
            String text,
            ServedBy servedBy,
            Instant now) {
        return database.write(handle -> {
            long seq = claim(handle, user, thread, text, 1, now);
            insert(handle, user, thread, seq, Role.USER, Kind.CHAT, Status.STREAMING, text, clientMessageId, null, now);
            insert(handle, user, thread, seq + 1, Role.ASSISTANT, Kind.CHAT, Status.STREAMING, "", null, servedBy, now);
            identify(handle, user, thread, seq);
            return turn(handle, user, thread, seq);
        });
    }

    /** Opens an incomplete turn for another attempt, under a new identity; what had arrived of its answer is deleted. */
    Turn reopenTurn(UserId user, ThreadId thread, StoredMessage begun, ServedBy servedBy, Instant now) {
        return database.write(handle -> {
            long seq = begun.seq();
            int answers = deleteAnswer(handle, user, thread, seq + 1);
            countMessages(handle, user, thread, -answers, now);
            insert(handle, user, thread, seq + 1, Role.ASSISTANT, Kind.CHAT, Status.STREAMING, "", null, servedBy, now);
            var turnId = identify(handle, user, thread, seq);
            setStatus(handle, user, thread, seq, turnId, Status.STREAMING);
            return turn(handle, user, thread, seq);
        });
    }

    /** Gives both messages of a turn a new identity. */
    private static String identify(Handle handle, UserId user, ThreadId thread, long seq) {
        var turnId = UUID.randomUUID().toString();
        handle.createUpdate("""
                        UPDATE message SET turn_id = :turn
                        WHERE user_id = :user AND thread_id = :thread AND seq IN (:seq, :answer)
                        """)
                .bind("user", user.value())
                .bind("thread", thread.value())
                .bind("seq", seq)
                .bind("answer", seq + 1)
                .bind("turn", turnId)
                .execute();
        return turnId;
    }

    /**
     * Stores the result of an attempt, and with it the turn.
     *
     * @param begun the user's message, as the attempt began
     * @throws ThreadDeletedException if it was deleted since, also if another now has its number
     */
    Turn endTurn(UserId user, ThreadId thread, StoredMessage begun, Outcome outcome, Instant now) {
        return database.write(handle -> {
            long seq = begun.seq();
            setStatus(handle, user, thread, seq, begun.turnId(), outcome.status());
            if (outcome.text().isEmpty()) {
                deleteAnswer(handle, user, thread, seq + 1);
            } else {
                int stored = handle.createUpdate("""
                                UPDATE message SET status = :status, content = :content, created_at = :at
                                WHERE user_id = :user AND thread_id = :thread AND seq = :seq AND role = 'assistant'
                                """)
                        .bind("user", user.value())
                        .bind("thread", thread.value())
                        .bind("seq", seq + 1)
                        .bind("status", outcome.status().word())
                        .bind("content", outcome.text())
                        .bind("at", now.toEpochMilli())
                        .execute();
                countMessages(handle, user, thread, stored, now);
            }
            return turn(handle, user, thread, seq);
        });
    }

    private static Turn turn(Handle handle, UserId user, ThreadId thread, long seq) {
        var message = handle.createQuery("SELECT " + COLUMNS
                        + " FROM message WHERE user_id = :user AND thread_id = :thread AND seq = :seq")
                .bind("user", user.value())
                .bind("thread", thread.value())
                .bind("seq", seq)
                .map((row, _) -> MessageRow.read(row))
                .findOne()
                .orElseThrow(ThreadDeletedException::new);
        return new Turn(message, message(handle, user, thread, seq + 1), count(handle, user, thread));
    }

    /** Takes the next two numbers of a thread, creating it if needed. */
    private static long claim(Handle handle, UserId user, ThreadId thread, String text, int added, Instant now) {
        return handle.createQuery("""
                        INSERT INTO thread (user_id, thread_id, title, message_count, next_seq, created_at, updated_at)
                        VALUES (:user, :thread, :title, :added, 3, :at, :at)
                        ON CONFLICT (user_id, thread_id) DO UPDATE SET
                            message_count = thread.message_count + :added,
                            next_seq = thread.next_seq + 2,
                            updated_at = :at
                        RETURNING next_seq
                        """)
                        .bind("user", user.value())
                        .bind("thread", thread.value())
                        .bind("title", title(text))
                        .bind("added", added)
                        .bind("at", now.toEpochMilli())
                        .mapTo(Long.class)
                        .one()
                - 2;
    }

    private static String title(String text) {
        var line = text.strip().lines().findFirst().orElse("");
        int end = line.offsetByCodePoints(0, Math.min(TITLE_LENGTH, line.codePointCount(0, line.length())));
        return end < line.length() ? line.substring(0, end) + "…" : line;
    }

    private static void insert(
            Handle handle,
            UserId user,
            ThreadId thread,
            long seq,
            Role role,
            Kind kind,
            Status status,
            String content,
            @Nullable String clientMessageId,
            @Nullable ServedBy servedBy,
            Instant now) {
        handle.createUpdate("""
                        INSERT INTO message
                            (user_id, thread_id, seq, role, kind, status, content, client_message_id,
                             provider, model_id, key_source, created_at)
                        VALUES (:user, :thread, :seq, :role, :kind, :status, :content, :client,
                                :provider, :model, :source, :at)
                        """)
                .bind("user", user.value())
                .bind("thread", thread.value())
                .bind("seq", seq)
                .bind("role", role.word())
                .bind("kind", kind.word())
                .bind("status", status.word())
                .bind("content", content)
                .bind("client", clientMessageId)
                .bind("provider", servedBy == null ? null : servedBy.provider())
                .bind("model", servedBy == null ? null : servedBy.modelId())
                .bind("source", servedBy == null ? null : servedBy.keySource())
                .bind("at", now.toEpochMilli())
                .execute();
    }

    private static void setStatus(
            Handle handle, UserId user, ThreadId thread, long seq, @Nullable String turnId, Status status) {
        int found = handle.createUpdate("""
                        UPDATE message SET status = :status
                        WHERE user_id = :user AND thread_id = :thread AND seq = :seq AND turn_id = :turn
                        """)
                .bind("user", user.value())
                .bind("thread", thread.value())
                .bind("seq", seq)
                .bind("turn", turnId)
                .bind("status", status.word())
                .execute();
        if (found == 0) {
            throw new ThreadDeletedException();
        }
    }

    private static int deleteAnswer(Handle handle, UserId user, ThreadId thread, long seq) {
        return handle.createUpdate("""
                        DELETE FROM message
                        WHERE user_id = :user AND thread_id = :thread AND seq = :seq AND role = 'assistant'
                        """)
                .bind("user", user.value())
                .bind("thread", thread.value())
                .bind("seq", seq)
                .execute();
    }

    private static void countMessages(Handle handle, UserId user, ThreadId thread, int added, Instant now) {
        handle.createUpdate("""
                        UPDATE thread SET message_count = message_count + :added, updated_at = :at
                        WHERE user_id = :user AND thread_id = :thread
                        """)
                .bind("user", user.value())
                .bind("thread", thread.value())
                .bind("added", added)
                .bind("at", now.toEpochMilli())
                .execute();
    }

    /**
     * Reads the newest messages before a place in the thread, newest first, and no more of them than the reader takes: a
     * thread may hold far more than a model is sent.
     */
    <T> T newestBefore(UserId user, ThreadId thread, long seq, Function<Iterator<StoredMessage>, T> reader) {
        return database.read(handle -> handle.createQuery("SELECT " + COLUMNS + """
                         FROM message
                        WHERE user_id = :user AND thread_id = :thread AND seq < :seq
                        ORDER BY seq DESC
                        """)
                .bind("user", user.value())
                .bind("thread", thread.value())
                .bind("seq", seq)
                .map((row, _) -> MessageRow.read(row))
                .withStream(messages -> reader.apply(messages.iterator())));
    }
}

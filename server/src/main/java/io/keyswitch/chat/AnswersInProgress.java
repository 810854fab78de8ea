package io.keyswitch.chat;

import static io.keyswitch.chat.MessageRow.COLUMNS;

import io.keyswitch.core.ThreadId;
import io.keyswitch.core.ThreadRef;
import io.keyswitch.core.UserId;
import io.keyswitch.sql.Database;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The answers in progress, as processes that share a database see them: which process is answering, what is stored of the text,
 * and what others request. Blocking; thread-safe.
 */
public final class AnswersInProgress {
    /** A request of another process about an answer in progress. */
    enum Wanted {
        /** That it stores the text that it has so far. */
        TEXT,
        /** That it ends. */
        STOP;

        private String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** What a word stands for; null for nothing that this version knows. */
        private static @Nullable Wanted of(@Nullable String word) {
            return Arrays.stream(values())
                    .filter(wanted -> wanted.word().equals(word))
                    .findFirst()
                    .orElse(null);
        }
    }

    /**
     * A turn that this process is answering.
     *
     * @param wanted what others want of it; null for nothing
     */
    record Turn(
            ThreadRef thread,
            StoredMessage message,
            @Nullable Wanted wanted) {}

    private final Database database;
    private final String node;

    /**
     * Creates the service for all users.
     *
     * @param node identifies this process
     */
    public AnswersInProgress(Database database, String node) {
        this.database = database;
        this.node = node;
    }

    /** Asks the process that answers a message for something. */
    void request(ThreadRef thread, StoredMessage begun, Wanted wanted) {
        database.write(handle -> handle.createUpdate("""
                        UPDATE message SET wanted = :wanted
                        WHERE user_id = :user AND thread_id = :thread AND seq = :seq AND turn_id = :turn
                          AND status = 'streaming' AND coalesce(wanted, '') <> 'stop'
                        """)
                .bindMethods(thread)
                .bind("seq", begun.seq())
                .bind("turn", begun.turnId())
                .bind("wanted", wanted.word())
                .execute());
    }

    /** The turns that this process is answering, by their IDs. */
    Map<String, Turn> ofThisProcess() {
        return database.read(handle -> handle.createQuery("SELECT user_id, thread_id, wanted, " + COLUMNS + """
                         FROM message
                        WHERE status = 'streaming' AND role = 'user' AND node_id = :node
                        """)
                .bind("node", node)
                .map((row, _) -> new Turn(
                        new ThreadRef(new UserId(row.getString("user_id")), new ThreadId(row.getString("thread_id"))),
                        MessageRow.read(row),
                        Wanted.of(row.getString("wanted"))))
                .collect(Collectors.toMap(turn -> String.valueOf(turn.message().turnId()), Function.identity())));
    }

    /** Whether a turn in progress is answered by this process. */
    boolean isOwn(ThreadRef thread, StoredMessage begun) {
        return database.read(handle -> handle.createQuery("""
                        SELECT 1 FROM message
                        WHERE user_id = :user AND thread_id = :thread AND seq = :seq AND turn_id = :turn
                          AND node_id = :node
                        """)
                .bindMethods(thread)
                .bind("seq", begun.seq())
                .bind("turn", begun.turnId())
                .bind("node", node)
                .mapTo(Integer.class)
                .findOne()
                .isPresent());
    }

    /** Stores the text of an answer in progress for readers of other processes. */
    void saveSoFar(ThreadRef thread, StoredMessage begun, String text) {
        database.write(handle -> handle.createUpdate("""
                        UPDATE message SET content = :text
                        WHERE user_id = :user AND thread_id = :thread AND seq = :seq AND turn_id = :turn
                          AND status = 'streaming'
                        """)
                .bindMethods(thread)
                .bind("seq", begun.seq() + 1)
                .bind("turn", begun.turnId())
                .bind("text", text)
                .execute());
    }
}

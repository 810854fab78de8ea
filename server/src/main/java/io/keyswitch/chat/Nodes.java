package io.keyswitch.chat;

import static io.keyswitch.chat.MessageRow.COLUMNS;

import io.keyswitch.core.ThreadId;
import io.keyswitch.core.ThreadRef;
import io.keyswitch.core.UserId;
import io.keyswitch.sql.Database;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The processes that serve a database. Each counts up its beat in the database; one whose beat stands still has ended, and
 * the turns that it was answering are marked incomplete by the others. No clocks are compared: every process counts how
 * often it has looked and seen the same beat. Blocking.
 */
public final class Nodes implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Nodes.class);

    /** How often {@link #beat} and {@link #endUnanswered} are to be called. */
    public static final Duration INTERVAL = Duration.ofSeconds(1);

    /** A process has ended after so many equal heartbeats; pauses of the garbage collector are shorter. */
    private static final int LOOKS = 6;

    /** If this process paused for so long, the others may have paused too. */
    private static final Duration ABSENT = INTERVAL.multipliedBy(3);

    private static final int ANSWERED_WITHIN_SECONDS = 2;

    private record Seen(long beat, int looks) {}

    private record Beat(String node, long count) {}

    private record Unanswered(ThreadRef thread, StoredMessage message) {}

    private final Database database;
    private final Turns turns;
    private final String own;
    private final Map<String, Seen> others = new HashMap<>();
    private long lookedAt = System.nanoTime();

    /**
     * Creates the view of one process.
     *
     * @param own identifies it
     */
    public Nodes(Database database, Turns turns, String own) {
        this.database = database;
        this.turns = turns;
        this.own = own;
    }

    /** Makes this process known, before its first turn, and ends the turns of processes that have ended. */
    public void join() {
        if (!database.isShared()) {
            database.write(handle -> handle.execute("DELETE FROM node"));
        }
        beat();
        endUnanswered();
    }

    /** Tells the others that this process is alive, and looks for those that are not. To be called by one thread. */
    public void beat() {
        database.write(handle -> handle.createUpdate("""
                        INSERT INTO node (node_id, beat) VALUES (:node, 1)
                        ON CONFLICT (node_id) DO UPDATE SET beat = node.beat + 1
                        """)
                .bind("node", own)
                .setQueryTimeout(ANSWERED_WITHIN_SECONDS)
                .execute());
        var beats = database.read(handle -> handle.createQuery("SELECT node_id, beat FROM node WHERE node_id <> :own")
                .bind("own", own)
                .setQueryTimeout(ANSWERED_WITHIN_SECONDS)
                .map((row, _) -> new Beat(row.getString("node_id"), row.getLong("beat")))
                .list());
        long now = System.nanoTime();
        if (now - lookedAt > ABSENT.toNanos()) {
            others.clear();
        }
        lookedAt = now;
        others.keySet().retainAll(beats.stream().map(Beat::node).toList());
        beats.forEach(this::look);
    }

    private void look(Beat beat) {
        var before = others.get(beat.node());
        if (before == null || before.beat() != beat.count()) {
            others.put(beat.node(), new Seen(beat.count(), 1));
        } else if (before.looks() < LOOKS) {
            others.put(beat.node(), new Seen(beat.count(), before.looks() + 1));
        } else {
            LOG.warn("the process {} has ended without deregistering", beat.node());
            others.remove(beat.node());
            database.write(handle -> handle.createUpdate("DELETE FROM node WHERE node_id = :node AND beat = :beat")
                    .bind("node", beat.node())
                    .bind("beat", beat.count())
                    .execute());
        }
    }

    /** Ends the turns of processes that have ended. */
    public void endUnanswered() {
        var unanswered = database.read(Nodes::unanswered);
        unanswered.forEach(turn -> turns.interrupt(turn.thread(), turn.message()));
        if (!unanswered.isEmpty()) {
            LOG.warn(
                    "{} messages were being answered by a process that has ended; marked incomplete",
                    unanswered.size());
        }
    }

    private static List<Unanswered> unanswered(Handle handle) {
        return handle.createQuery("SELECT user_id, thread_id, " + COLUMNS + """
                         FROM message
                        WHERE status = 'streaming' AND role = 'user'
                          AND (node_id IS NULL OR node_id NOT IN (SELECT node.node_id FROM node))
                        """)
                .map((row, _) -> new Unanswered(
                        new ThreadRef(new UserId(row.getString("user_id")), new ThreadId(row.getString("thread_id"))),
                        MessageRow.read(row)))
                .list();
    }

    /** Deregisters this process, so that the others need not wait for its heartbeat. To be called after the last turn. */
    @Override
    public void close() {
        database.write(handle -> handle.createUpdate("DELETE FROM node WHERE node_id = :own")
                .bind("own", own)
                .execute());
    }
}

package io.keyswitch.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * The one writer of an SQLite database. Changes that wait together are committed together, so that the one disk flush each
 * commit costs is shared; each has a savepoint of its own, so that one which fails takes no other with it. A change is
 * acknowledged only after the commit.
 */
final class GroupCommitWriter implements AutoCloseable {
    private static final int MAX_GROUP = 256;
    private static final String SAVEPOINT = "change";

    /** A change and where its outcome goes. */
    private static final class Change<T extends @Nullable Object> {
        private final Function<Handle, T> work;
        private final CompletableFuture<T> outcome = new CompletableFuture<>();
        private @Nullable Runnable acknowledge;

        Change(Function<Handle, T> work) {
            this.work = work;
        }

        /** Does the work inside the open transaction; the outcome is told only by {@link #committed}. */
        void apply(Handle handle) {
            handle.savepoint(SAVEPOINT);
            try {
                T result = work.apply(handle);
                handle.releaseSavepoint(SAVEPOINT);
                acknowledge = () -> outcome.complete(result);
            } catch (Throwable e) {
                handle.rollbackToSavepoint(SAVEPOINT);
                acknowledge = () -> outcome.completeExceptionally(e);
            }
        }

        void committed() {
            if (acknowledge != null) {
                acknowledge.run();
            }
        }

        void failed(Throwable cause) {
            outcome.completeExceptionally(new DatabaseUnavailableException("the change could not be stored", cause));
        }
    }

    private final Jdbi jdbi;
    private final Runnable beforeCommit;
    private final BlockingQueue<Change<?>> waiting = new LinkedBlockingQueue<>();
    private final Thread thread;
    private volatile boolean closing;

    /**
     * Starts a writer.
     *
     * @param beforeCommit throws if what would be committed now would be lost
     */
    GroupCommitWriter(Jdbi jdbi, Runnable beforeCommit) {
        this.jdbi = jdbi;
        this.beforeCommit = beforeCommit;
        this.thread = Thread.ofPlatform().name("sqlite-writer").start(this::run);
    }

    <T extends @Nullable Object> T write(Function<Handle, T> work) {
        if (closing) {
            throw new DatabaseUnavailableException("the database is closing", new IllegalStateException("closed"));
        }
        var change = new Change<>(work);
        waiting.add(change);
        if (!thread.isAlive()) {
            refuse(waiting);
        }
        try {
            return change.outcome.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof JdbiException sql) {
                throw new DatabaseUnavailableException("the change could not be stored", sql);
            }
            throw e.getCause() instanceof RuntimeException unchecked ? unchecked : e;
        }
    }

    private void run() {
        while (!closing || !waiting.isEmpty()) {
            try {
                var group = new ArrayList<Change<?>>();
                group.add(waiting.take());
                waiting.drainTo(group, MAX_GROUP - 1);
                commit(group);
            } catch (InterruptedException _) {
                closing = true;
            }
        }
        refuse(waiting);
    }

    /** Changes that came while the last ones were committed. */
    private static void refuse(BlockingQueue<Change<?>> late) {
        late.forEach(change -> change.failed(new IllegalStateException("closed")));
    }

    private void commit(List<Change<?>> group) {
        try {
            jdbi.useTransaction(handle -> {
                group.forEach(change -> change.apply(handle));
                beforeCommit.run();
            });
            group.forEach(Change::committed);
        } catch (Throwable e) {
            // Whatever it is, the writer must go on: all writes depend on this thread.
            group.forEach(change -> change.failed(e));
        }
    }

    /** Commits what is waiting, then ends. */
    @Override
    public void close() {
        closing = true;
        waiting.add(new Change<>(_ -> true));
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}

package io.keyswitch.sql;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * The only writer of an SQLite database. Queued changes are committed together to share one disk flush; each has its
 * own savepoint, so that a failed change does not affect the others. A change is acknowledged only after the commit.
 */
final class GroupCommitWriter implements AutoCloseable {
    private static final int MAX_GROUP = 256;
    private static final String BUSY_TIMEOUT = "PRAGMA busy_timeout = " + SqliteDatabase.BUSY_TIMEOUT_MILLIS;
    private static final String SAVEPOINT = "change";

    /** A change and its future result. */
    private static final class Change<T extends @Nullable Object> {
        private final Function<Handle, T> work;
        private final boolean erases;
        private final CompletableFuture<T> outcome = new CompletableFuture<>();
        private @Nullable Runnable acknowledge;

        Change(Function<Handle, T> work, boolean erases) {
            this.work = work;
            this.erases = erases;
        }

        /** Runs the change in the open transaction; {@link #committed} reports the result. */
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

    /** The delay before truncating the write-ahead log again if a reader prevented it. */
    private static final Duration ERASE_AGAIN = Duration.ofMillis(200);

    private final Jdbi jdbi;
    private final SqliteFile file;
    private final RefusalLog log = new RefusalLog();
    private final BlockingQueue<Change<?>> waiting = new LinkedBlockingQueue<>();
    private final Thread thread;
    private volatile boolean closing;
    private boolean mustErase;
    private long triedToErase;

    GroupCommitWriter(Jdbi jdbi, SqliteFile file) {
        this.jdbi = jdbi;
        this.file = file;
        this.thread = Thread.ofPlatform().name("sqlite-writer").start(this::run);
    }

    <T extends @Nullable Object> T write(Function<Handle, T> work) {
        return await(new Change<>(work, false));
    }

    /** Like {@link #write}; acknowledged after the write-ahead log was truncated, unless a reader prevents that. */
    <T extends @Nullable Object> T erase(Function<Handle, T> work) {
        return await(new Change<>(work, true));
    }

    private <T extends @Nullable Object> T await(Change<T> change) {
        if (closing) {
            throw new DatabaseUnavailableException("the database is closing", new IllegalStateException("closed"));
        }
        waiting.add(change);
        if (!thread.isAlive()) {
            refuse(waiting);
        }
        try {
            return change.outcome.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof JdbiException sql) {
                log.changeRefused(sql);
                throw new DatabaseUnavailableException("the change could not be stored", sql);
            }
            throw e.getCause() instanceof RuntimeException unchecked ? unchecked : e;
        }
    }

    private void run() {
        while (!closing || !waiting.isEmpty()) {
            try {
                var first = mustErase ? waiting.poll(ERASE_AGAIN.toMillis(), TimeUnit.MILLISECONDS) : waiting.take();
                if (first == null) {
                    emptyLog();
                } else {
                    var group = new ArrayList<Change<?>>();
                    group.add(first);
                    waiting.drainTo(group, MAX_GROUP - 1);
                    commit(group);
                }
            } catch (InterruptedException _) {
                closing = true;
            }
        }
        refuse(waiting);
    }

    /** Fails changes that were queued after the last commit. */
    private static void refuse(BlockingQueue<Change<?>> late) {
        late.forEach(change -> change.failed(new IllegalStateException("closed")));
    }

    private void commit(List<Change<?>> group) {
        try {
            jdbi.useTransaction(handle -> {
                group.forEach(change -> change.apply(handle));
                file.requireInPlace();
            });
            if (group.stream().anyMatch(change -> change.erases) || mustEraseNow()) {
                emptyLog();
            }
            group.forEach(Change::committed);
        } catch (Throwable e) {
            // The writer must survive every error: all writes depend on this thread.
            log.changeRefused(e);
            group.forEach(change -> change.failed(e));
            if (e instanceof SqliteFile.MisplacedException) {
                saveCommitted();
            }
        }
    }

    private boolean mustEraseNow() {
        return mustErase && System.nanoTime() - triedToErase >= ERASE_AGAIN.toNanos();
    }

    /** Checkpoints and truncates the write-ahead log, so that no file contains deleted data. */
    private void emptyLog() {
        triedToErase = System.nanoTime();
        try {
            mustErase = jdbi.withHandle(GroupCommitWriter::isKeptFromEmptyingLog);
        } catch (RuntimeException e) {
            mustErase = true;
            log.changeRefused(e);
        }
    }

    /**
     * Truncates the write-ahead log without waiting for readers, which would block all writers.
     *
     * @return whether a reader prevented it
     */
    private static boolean isKeptFromEmptyingLog(Handle handle) {
        handle.execute("PRAGMA busy_timeout = 0");
        try {
            return handle.createQuery("PRAGMA wal_checkpoint(TRUNCATE)")
                    .map((row, _) -> row.getInt("busy") != 0)
                    .one();
        } finally {
            handle.execute(BUSY_TIMEOUT);
        }
    }

    /** Saves commits from a write-ahead log that was moved or deleted, through the open connection. */
    private void saveCommitted() {
        if (file.isDatabaseInPlace()) {
            emptyLog();
            mustErase = false;
        }
    }

    /** Commits queued changes, then stops the writer thread. */
    @Override
    public void close() {
        closing = true;
        waiting.add(new Change<>(_ -> true, false));
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}

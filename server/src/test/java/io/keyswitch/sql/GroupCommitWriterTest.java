package io.keyswitch.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupCommitWriterTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private Database database;

    @BeforeEach
    void open() {
        database = Database.open(new DatabaseLocation.File(directory.resolve("x.db")));
        database.write(handle -> handle.execute("CREATE TABLE number (value INTEGER PRIMARY KEY)"));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private long count() {
        return database.read(handle -> handle.createQuery("SELECT count(*) FROM number")
                .mapTo(Long.class)
                .one());
    }

    @Test
    void theDatabaseUsesWalWithFullSynchronousWrites() {
        assertThat(database.<String>read(handle -> handle.createQuery("PRAGMA journal_mode")
                        .mapTo(String.class)
                        .one()))
                .isEqualTo("wal");
        assertThat(database.<Integer>write(handle -> handle.createQuery("PRAGMA synchronous")
                        .mapTo(Integer.class)
                        .one()))
                .isEqualTo(2);
    }

    @Test
    void everyCommittedWriteIsImmediatelyVisibleToReads() {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var writes = IntStream.range(0, 2000)
                    .mapToObj(i -> CompletableFuture.runAsync(
                            () -> {
                                database.write(handle -> handle.execute("INSERT INTO number VALUES (?)", i));
                                long seen = database.read(
                                        handle -> handle.createQuery("SELECT value FROM number WHERE value = :i")
                                                .bind("i", i)
                                                .mapTo(Long.class)
                                                .one());
                                assertThat(seen).isEqualTo(i);
                            },
                            threads))
                    .toArray(CompletableFuture[]::new);
            CompletableFuture.allOf(writes).join();
        }
        assertThat(count()).isEqualTo(2000);
    }

    @Test
    void aFailedWriteDoesNotFailOthersOfItsBatch() {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var writes = IntStream.range(0, 500)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> tryWrite(i), threads))
                    .toList();
            for (int i = 0; i < writes.size(); i++) {
                assertThat(writes.get(i).join()).isEqualTo(i % 5 != 0);
            }
        }
        assertThat(count()).isEqualTo(400);
    }

    /** Every fifth write throws after its insert. */
    private boolean tryWrite(int i) {
        try {
            return database.write(handle -> {
                handle.execute("INSERT INTO number VALUES (?)", i);
                if (i % 5 == 0) {
                    throw new IllegalStateException("half-way");
                }
                return true;
            });
        } catch (IllegalStateException _) {
            return false;
        }
    }

    @Test
    void failedStatementsAndOpensThrowDatabaseUnavailable() {
        assertThatThrownBy(() -> database.write(handle -> handle.execute("INSERT INTO nothing VALUES (1)")))
                .isInstanceOf(DatabaseUnavailableException.class);
        assertThatThrownBy(() -> Database.open(new DatabaseLocation.File(Path.of("/no/such/directory/x.db"))))
                .isInstanceOf(DatabaseUnavailableException.class);
    }

    @Test
    void writesAfterCloseThrowDatabaseUnavailable() {
        database.close();
        assertThatThrownBy(() -> database.write(_ -> true)).isInstanceOf(DatabaseUnavailableException.class);
    }
}

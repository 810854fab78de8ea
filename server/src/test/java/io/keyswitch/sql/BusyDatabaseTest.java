package io.keyswitch.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.testing.TestDatabase;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BusyDatabaseTest {
    @Test
    void aQueryWaitsWhileThePoolOfPostgresqlIsInUse() throws Exception {
        var at = (DatabaseLocation.Server) TestDatabase.postgresql().location();
        var withOneConnection = new DatabaseLocation.Server(at.url(), at.user(), at.password(), at.schema(), 1);
        try (var database = Database.open(withOneConnection)) {
            var isTaken = new CountDownLatch(1);
            var slow = CompletableFuture.supplyAsync(() -> database.read(handle -> {
                isTaken.countDown();
                return handle.select("SELECT 'slow' FROM pg_sleep(2.5)")
                        .mapTo(String.class)
                        .one();
            }));
            assertThat(isTaken.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(database.<Integer>read(handle ->
                            handle.select("SELECT 1").mapTo(Integer.class).one()))
                    .isEqualTo(1);
            assertThat(slow.get()).isEqualTo("slow");
        }
    }
}

package io.keyswitch.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyswitch.core.Failure;
import io.keyswitch.core.UserId;
import io.keyswitch.sql.Database;
import io.keyswitch.testing.TestDatabase;
import java.time.Instant;
import java.time.InstantSource;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The requests per minute of two processes on one database. */
class RequestRatesTest {
    private static final int LIMIT = 60;
    private static final UserId ALICE = new UserId("alice");

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final InstantSource clock = () -> now;
    private final TestDatabase data = TestDatabase.postgresql();
    private final Database database = data.open();
    private final RequestRates first = new RequestRates(LIMIT, database, clock);
    private final RequestRates second = new RequestRates(LIMIT, database, clock);

    @AfterEach
    void close() {
        database.close();
    }

    private static void count(RequestRates process, int requests) {
        for (int i = 0; i < requests; i++) {
            process.count(ALICE);
        }
    }

    private void exchange() {
        Stream.of(first, second).forEach(RequestRates::exchange);
        first.exchange();
    }

    @Test
    void requestsCountedByOneProcessAreTakenFromWhatTheOtherAllows() {
        count(first, 40);
        count(second, 5);
        exchange();
        assertThat(second.remaining(ALICE)).isEqualTo(15);
        count(second, 15);
        assertThatThrownBy(() -> second.count(ALICE)).isInstanceOf(Failure.class);
    }

    @Test
    void requestsNotYetToldStayCounted() {
        count(first, 10);
        first.exchange();
        count(second, 20);
        second.exchange();
        count(second, 3);
        second.exchange();
        assertThat(second.remaining(ALICE)).isEqualTo(27);
        count(first, 1);
        first.exchange();
        assertThat(first.remaining(ALICE)).isEqualTo(26);
    }

    @Test
    void allRequestsAreAvailableAgainAfterAMinute() {
        count(first, 40);
        count(second, 20);
        exchange();
        now = now.plusSeconds(61);
        count(second, 1);
        exchange();
        assertThat(second.remaining(ALICE)).isEqualTo(LIMIT - 1);
        assertThat(first.remaining(ALICE)).isEqualTo(LIMIT);
        now = now.plusSeconds(2);
        first.deleteOld();
        assertThat(database.<Long>read(handle -> handle.select("SELECT count(*) FROM request_rate")
                        .mapTo(Long.class)
                        .one()))
                .isZero();
    }

    @Test
    void requestsAreToldAgainAfterAFailedExchange() {
        count(first, 40);
        database.write(handle -> handle.execute("ALTER TABLE request_rate RENAME TO elsewhere"));
        assertThatThrownBy(first::exchange).isInstanceOf(RuntimeException.class);
        database.write(handle -> handle.execute("ALTER TABLE elsewhere RENAME TO request_rate"));
        first.exchange();
        count(second, 1);
        second.exchange();
        assertThat(second.remaining(ALICE)).isEqualTo(LIMIT - 41);
    }
}

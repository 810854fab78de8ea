package io.keyswitch.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyswitch.sql.Database;
import io.keyswitch.sql.DatabaseLocation;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredTableTest {
    /** Keys that wait for an answer for minutes, what other processes count within a minute, and what providers sign for an hour. */
    private static final Set<String> PASSING = Set.of("held_key", "request_rate", "call_signature");

    @Test
    void everyTableWithRowsOfUsersIsMovedUnlessTheyPass(@TempDir Path directory) {
        try (var database = Database.open(new DatabaseLocation.File(directory.resolve("keyswitch.db")))) {
            var ofUsers = database.read(
                    handle -> handle.createQuery("""
                            SELECT DISTINCT tables.name FROM sqlite_master AS tables
                            JOIN pragma_table_info(tables.name) AS columns
                            WHERE tables.type = 'table' AND columns.name = 'user_id'
                            """).mapTo(String.class).set());
            var moved =
                    Arrays.stream(StoredTable.values()).map(StoredTable::word).collect(Collectors.toSet());
            ofUsers.removeAll(PASSING);
            assertThat(moved).containsExactlyInAnyOrderElementsOf(ofUsers);
        }
    }
}

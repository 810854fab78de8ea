package io.keyswitch.transfer;

import io.keyswitch.core.Json;
import io.keyswitch.core.Version;
import io.keyswitch.modelconfig.KeyInventory;
import io.keyswitch.modelconfig.KeyRecords;
import io.keyswitch.sql.DatabaseReader;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultIterable;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * Writes everything that is stored of one user or of all as JSON lines: a header, a line for each row, user by user, and a last
 * line that tells that nothing is missing. Blocking.
 *
 * @param location the database that is read, without a password
 * @param user null for all users
 * @param plainKeys decrypts the keys; null to leave them encrypted
 */
public record Export(
        String location, @Nullable String user, @Nullable KeyRecords plainKeys) {
    static final String KEYSWITCH = "keyswitch";
    static final String FORMAT = "format";
    /** The second format has the rows of a user together. */
    static final int USER_BY_USER = 2;

    static final String AT = "at";
    static final String MASTER_KEYS = "masterKeys";
    static final String ROWS = "rows";
    static final String TABLE = "table";
    static final String ROW = "row";
    static final String END = "end";
    static final String PLAIN_KEY = "plain_key";

    /** What belongs to the processes of a database. */
    private static final List<String> LEFT_OUT = List.of("node_id", "wanted");

    /** The users whose small tables are read together. */
    private static final int USERS_AT_ONCE = 200;

    private static final int ROWS_AT_ONCE = 500;

    /**
     * What was written.
     *
     * @param rows the number of rows
     * @param kept those of them that an interrupted export had written
     * @param unreadableKeys the keys that cannot be decrypted and are left out; 0 if keys stay encrypted
     */
    public record Result(long rows, long kept, long unreadableKeys) {}

    /** Counts while it writes. */
    private final class Writer {
        private final OutputStream out;
        private final LongConsumer progress;
        private long rows;
        private long unreadableKeys;

        private Writer(OutputStream out, long rows, LongConsumer progress) {
            this.out = out;
            this.rows = rows;
            this.progress = progress;
        }

        private void line(Map<String, ?> value) {
            try {
                out.write(Json.bytes(value));
                out.write('\n');
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void row(StoredTable table, Map<String, Object> row) {
            if (table == StoredTable.API_KEY && plainKeys != null && !decrypt(row, plainKeys)) {
                unreadableKeys++;
                return;
            }
            line(Map.of(TABLE, table.word(), ROW, row));
            progress.accept(++rows);
        }
    }

    /** The number of rows to be written. */
    public long count(DatabaseReader database) {
        return database.read(handle -> Arrays.stream(StoredTable.values())
                .mapToLong(table -> count(handle, table))
                .sum());
    }

    private long count(Handle handle, StoredTable table) {
        var query = user == null
                ? handle.createQuery("SELECT count(*) FROM <table>")
                : handle.createQuery("SELECT count(*) FROM <table> WHERE user_id = :user");
        return select(table, query).mapTo(Long.class).one();
    }

    private Query select(StoredTable table, Query query) {
        var defined = query.define("table", table.word());
        return user == null ? defined : defined.bind("user", user);
    }

    /**
     * Writes the rows, as they are at one moment. A file in which an export like this one was interrupted is continued, each user
     * as a whole, but for one with plain keys, of which it is not known how many were left out.
     *
     * @param file readable and writable, of any length
     * @param progress receives the number of rows so far
     */
    public Result write(DatabaseReader database, FileChannel file, LongConsumer progress) throws IOException {
        try {
            return database.read(handle -> write(handle, file, progress));
        } catch (RuntimeException e) {
            throw ioCause(e);
        }
    }

    private Result write(Handle handle, FileChannel file, LongConsumer progress) {
        try {
            var header = header(handle);
            var kept = plainKeys == null && user == null
                    ? ExportPart.read(Channels.newInputStream(file), header)
                    : ExportPart.NONE;
            file.truncate(kept.bytes()).position(kept.bytes());
            var out = new BufferedOutputStream(Channels.newOutputStream(file));
            var writer = new Writer(out, kept.rows(), progress);
            if (kept.bytes() == 0) {
                writer.line(header);
            }
            for (var users = users(handle, kept.after()); !users.isEmpty(); users = users(handle, users.getLast())) {
                write(handle, users, writer);
            }
            writer.line(Map.of(END, true, ROWS, writer.rows));
            out.flush();
            file.force(true);
            return new Result(writer.rows, kept.rows(), writer.unreadableKeys);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What went wrong with the file while rows were read. */
    private static IOException ioCause(RuntimeException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UncheckedIOException io) {
                return Objects.requireNonNull(io.getCause());
            }
        }
        throw failure;
    }

    private Map<String, Object> header(Handle handle) {
        var header = new LinkedHashMap<String, Object>();
        header.put(KEYSWITCH, "export");
        header.put(FORMAT, USER_BY_USER);
        header.put("version", Version.CURRENT);
        header.put("database", location);
        header.put(AT, Instant.now().toString());
        header.put(MASTER_KEYS, plainKeys == null ? masterKeyIds(handle) : List.of());
        return header;
    }

    private List<String> masterKeyIds(Handle handle) {
        return user == null
                ? List.copyOf(KeyInventory.masterKeyIds(handle))
                : handle.createQuery("SELECT DISTINCT master_key_id FROM api_key WHERE user_id = :user")
                        .bind("user", user)
                        .mapTo(String.class)
                        .list();
    }

    /** The next users, in the order of the database, after one. */
    private List<String> users(Handle handle, String after) {
        if (user != null) {
            return after.isEmpty() ? List.of(user) : List.of();
        }
        var next = Arrays.stream(StoredTable.values())
                .map(table -> """
                        SELECT user_id FROM (SELECT DISTINCT user_id FROM %s WHERE user_id > :after ORDER BY user_id
                        LIMIT :count) of_%1$s""".formatted(table.word()))
                .collect(Collectors.joining(" UNION "));
        return handle.createQuery("<next> ORDER BY user_id LIMIT :count")
                .define("next", next)
                .bind("after", after)
                .bind("count", USERS_AT_ONCE)
                .mapTo(String.class)
                .list();
    }

    /** Messages may be many and are read user by user, the other tables for all these users at once. */
    private static void write(Handle handle, List<String> users, Writer writer) {
        var rows = new EnumMap<StoredTable, Map<String, List<Map<String, Object>>>>(StoredTable.class);
        for (var table : StoredTable.values()) {
            if (table != StoredTable.MESSAGE) {
                rows.put(table, rowsByUser(handle, table, users));
            }
        }
        for (var user : users) {
            for (var table : StoredTable.values()) {
                if (table == StoredTable.MESSAGE) {
                    select(handle, table, List.of(user))
                            .useStream(found -> found.forEach(row -> writer.row(table, row)));
                } else {
                    rows.getOrDefault(table, Map.of())
                            .getOrDefault(user, List.of())
                            .forEach(row -> writer.row(table, row));
                }
            }
        }
    }

    private static Map<String, List<Map<String, Object>>> rowsByUser(
            Handle handle, StoredTable table, List<String> users) {
        return select(handle, table, users).collect(Collectors.groupingBy(row -> String.valueOf(row.get("user_id"))));
    }

    private static ResultIterable<Map<String, Object>> select(Handle handle, StoredTable table, List<String> users) {
        return handle.createQuery("SELECT * FROM <table> WHERE user_id IN (<users>) ORDER BY <order>")
                .define("table", table.word())
                .define("order", table.order())
                .bindList("users", users)
                .setFetchSize(ROWS_AT_ONCE)
                .map((row, _) -> read(row));
    }

    private static Map<String, Object> read(ResultSet row) throws SQLException {
        var values = new LinkedHashMap<String, Object>();
        var columns = row.getMetaData();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            var value = row.getObject(i);
            if (value != null && !LEFT_OUT.contains(columns.getColumnName(i))) {
                values.put(columns.getColumnName(i), value);
            }
        }
        return values;
    }

    /** Replaces an encrypted key by the key itself; false if it cannot be decrypted. */
    private static boolean decrypt(Map<String, Object> row, KeyRecords records) {
        var key = records.open(KeyRecords.entered(row));
        row.remove("sealed_key");
        row.remove("master_key_id");
        if (key != null) {
            row.put(PLAIN_KEY, key.reveal());
        }
        return key != null;
    }
}

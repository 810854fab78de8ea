package io.keyswitch.transfer;

import io.keyswitch.core.Json;
import io.keyswitch.modelconfig.KeyRecords;
import io.keyswitch.secret.ApiKey;
import io.keyswitch.sql.Database;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads what {@link Export} has written, user by user, each as a whole. A user of whom something is in the database already
 * stays as it is there: an import that was interrupted is run again, and brings nothing back that users have changed or deleted
 * since. Blocking.
 */
public final class Import {
    /**
     * What was read.
     *
     * @param users the users who were stored
     * @param rows their rows
     * @param present the users who were there already and were not stored
     */
    public record Result(long users, long rows, long present) {}

    /** The file is none of an export, is damaged, or does not fit to this server. The message says which, and what to do. */
    public static final class UnsuitableException extends RuntimeException {
        UnsuitableException(String message) {
            super(message);
        }
    }

    /** A row to be stored. */
    private record Row(StoredTable table, Map<String, Object> values) {}

    /** All rows of a user. */
    private record UserRows(String user, List<Row> rows) {}

    /** Users are stored together until they have so many rows. */
    private static final int ROWS_AT_ONCE = 500;

    private final Database database;
    private final KeyRecords keys;
    private final Set<String> masterKeyIds;
    private final LongConsumer progress;
    private final Map<StoredTable, Set<String>> columns = new EnumMap<>(StoredTable.class);
    private final boolean replace;
    private final List<UserRows> waiting = new ArrayList<>();
    private long waitingRows;
    private long read;
    private long users;
    private long rows;
    private long present;

    /**
     * Creates an import.
     *
     * @param keys encrypts plain keys
     * @param masterKeyIds the master keys of this server
     * @param replace whether users who are in the database already are replaced by those of the file
     * @param progress receives the number of rows so far
     */
    public Import(
            Database database, KeyRecords keys, Set<String> masterKeyIds, boolean replace, LongConsumer progress) {
        this.database = database;
        this.replace = replace;
        this.keys = keys;
        this.masterKeyIds = Set.copyOf(masterKeyIds);
        this.progress = progress;
    }

    /**
     * Stores all rows of a file.
     *
     * @throws UnsuitableException if the file is not a whole export for this server; what was stored until then is kept
     */
    public Result run(BufferedReader file) throws IOException {
        requireHeader(file.readLine());
        long number = 1;
        for (var line = file.readLine(); line != null; line = file.readLine()) {
            number++;
            var entry = parse(line, number);
            if (entry.has(Export.END)) {
                requireAll(entry);
                store();
                return new Result(users, rows, present);
            }
            add(row(entry, number));
        }
        throw new UnsuitableException(
                "the file ends after line %d, before its last one: it was cut off. Export again".formatted(number));
    }

    private void requireAll(ObjectNode end) {
        long expected = end.path(Export.ROWS).asLong(-1);
        if (expected != read) {
            throw new UnsuitableException(
                    "the file says it has %d rows and has %d: export again".formatted(expected, read));
        }
    }

    /** Stores the users so far when the first row of another one comes. */
    private void add(Row row) {
        var user = String.valueOf(row.values().get("user_id"));
        if (waiting.isEmpty() || !waiting.getLast().user().equals(user)) {
            if (waitingRows >= ROWS_AT_ONCE) {
                store();
            }
            waiting.add(new UserRows(user, new ArrayList<>()));
        }
        waiting.getLast().rows().add(row);
        waitingRows++;
        read++;
    }

    private void requireHeader(@Nullable String line) {
        var header = line == null ? null : Json.readFromProvider(line);
        if (header == null || !header.path(Export.KEYSWITCH).asString("").equals("export")) {
            throw new UnsuitableException("the file is not written by keyswitch export");
        }
        if (header.path(Export.FORMAT).asInt(1) != Export.USER_BY_USER) {
            throw new UnsuitableException(
                    "the file is written by another version: export again with this one, or import with that one");
        }
        var missing = new TreeSet<>(header.path(Export.MASTER_KEYS)
                .valueStream()
                .map(id -> id.asString(""))
                .collect(Collectors.toSet()));
        missing.removeAll(masterKeyIds);
        if (!missing.isEmpty()) {
            throw new UnsuitableException(
                    "the API keys in the file are encrypted with the master key with id %s: append it, separated by a comma"
                            .formatted(String.join(", ", missing)));
        }
    }

    private static ObjectNode parse(String line, long number) {
        if (Json.readFromProvider(line) instanceof ObjectNode entry) {
            return entry;
        }
        throw new UnsuitableException("line %d is damaged: export again".formatted(number));
    }

    private Row row(ObjectNode entry, long number) {
        var table = StoredTable.of(entry.path(Export.TABLE).asString(""));
        if (table == null || !(entry.path(Export.ROW) instanceof ObjectNode row)) {
            throw newer(number);
        }
        var values = new HashMap<String, Object>();
        row.properties().forEach(field -> values.put(field.getKey(), value(field.getValue())));
        if (values.remove(Export.PLAIN_KEY) instanceof String key) {
            seal(values, key, number);
        }
        var known = columns.computeIfAbsent(table, one -> database.read(handle -> columns(handle, one)));
        if (!known.containsAll(values.keySet())) {
            throw newer(number);
        }
        return new Row(table, values);
    }

    private static UnsuitableException newer(long number) {
        return new UnsuitableException(
                "line %d has data that this version does not know: import with the version that exported"
                        .formatted(number));
    }

    private static Object value(JsonNode value) {
        return value.isIntegralNumber() ? value.longValue() : value.asString("");
    }

    private void seal(Map<String, Object> values, String key, long number) {
        var sealed = ApiKey.isValid(key) ? keys.seal(KeyRecords.entered(values), ApiKey.of(key)) : null;
        if (sealed == null) {
            throw new UnsuitableException("line %d has no usable API key: export again".formatted(number));
        }
        values.put("master_key_id", sealed.masterKeyId());
        values.put("sealed_key", sealed.record());
    }

    private static Set<String> columns(Handle handle, StoredTable table) {
        return handle.createQuery("SELECT * FROM <table> WHERE 1 = 0")
                .define("table", table.word())
                .scanResultSet((rows, _) -> {
                    var names = new TreeSet<String>();
                    var found = rows.get().getMetaData();
                    for (int i = 1; i <= found.getColumnCount(); i++) {
                        names.add(found.getColumnName(i));
                    }
                    return names;
                });
    }

    private void store() {
        var batch = List.copyOf(waiting);
        waiting.clear();
        waitingRows = 0;
        if (batch.isEmpty()) {
            return;
        }
        var stored = database.write(
                handle -> batch.stream().filter(user -> store(handle, user)).toList());
        users += stored.size();
        present += batch.size() - stored.size();
        rows += stored.stream().mapToLong(user -> user.rows().size()).sum();
        progress.accept(read);
    }

    private boolean store(Handle handle, UserRows user) {
        if (isPresent(handle, user.user())) {
            if (!replace) {
                return false;
            }
            StoredTable.OF_NOW.forEach(table -> handle.createUpdate("DELETE FROM <table> WHERE user_id = :user")
                    .define("table", table.word())
                    .bind("user", user.user())
                    .execute());
        }
        user.rows().forEach(row -> insert(handle, row));
        return true;
    }

    private static boolean isPresent(Handle handle, String user) {
        var found = StoredTable.OF_NOW.stream()
                .map(table -> "EXISTS (SELECT 1 FROM %s WHERE user_id = :user)".formatted(table.word()))
                .collect(Collectors.joining(" OR "));
        return handle.createQuery("SELECT CASE WHEN <found> THEN 1 ELSE 0 END")
                        .define("found", found)
                        .bind("user", user)
                        .mapTo(Integer.class)
                        .one()
                == 1;
    }

    /** The events of a user who is replaced are there already. */
    private static void insert(Handle handle, Row row) {
        var names = List.copyOf(row.values().keySet());
        handle.createUpdate("INSERT INTO <table> (<columns>) VALUES (<values>) ON CONFLICT DO NOTHING")
                .define("table", row.table().word())
                .define("columns", String.join(", ", names))
                .define("values", names.stream().map(name -> ":" + name).collect(Collectors.joining(", ")))
                .bindMap(row.values())
                .execute();
    }
}

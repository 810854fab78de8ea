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
 * Reads what {@link Export} has written. Rows that are in the database already stay as they are: an import that was
 * interrupted is run again, and changes nothing that users have done since. Blocking.
 */
public final class Import {
    /**
     * What was read.
     *
     * @param added the rows that were stored
     * @param present the rows that were there already
     */
    public record Result(long added, long present) {}

    /** The file is none of an export, is damaged, or does not fit to this server. The message says which, and what to do. */
    public static final class UnsuitableException extends RuntimeException {
        UnsuitableException(String message) {
            super(message);
        }
    }

    /** A row to be stored. */
    private record Row(StoredTable table, Map<String, Object> values) {}

    private static final int AT_ONCE = 500;

    /** A thread that has been continued: its further messages follow, and its numbers must fit. */
    private static final String CONTINUED = """
            (user_id, thread_id) DO UPDATE SET
                message_count = excluded.message_count, next_seq = excluded.next_seq, updated_at = excluded.updated_at
            WHERE thread.next_seq < excluded.next_seq
            """;

    private final Database database;
    private final KeyRecords keys;
    private final Set<String> masterKeyIds;
    private final LongConsumer progress;
    private final Map<StoredTable, Set<String>> columns = new EnumMap<>(StoredTable.class);
    private final List<Row> waiting = new ArrayList<>();
    private long added;
    private long present;

    /**
     * Creates an import.
     *
     * @param keys encrypts plain keys
     * @param masterKeyIds the master keys of this server
     * @param progress receives the number of rows so far
     */
    public Import(Database database, KeyRecords keys, Set<String> masterKeyIds, LongConsumer progress) {
        this.database = database;
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
                store();
                return result(entry);
            }
            waiting.add(row(entry, number));
            if (waiting.size() == AT_ONCE) {
                store();
            }
        }
        store();
        throw new UnsuitableException(
                "the file ends after line %d, before its last one: it was cut off. Export again".formatted(number));
    }

    private Result result(ObjectNode end) {
        long expected = end.path(Export.ROWS).asLong(-1);
        if (expected != added + present) {
            throw new UnsuitableException(
                    "the file says it has %d rows and has %d: export again".formatted(expected, added + present));
        }
        return new Result(added, present);
    }

    private void requireHeader(@Nullable String line) {
        var header = line == null ? null : Json.readFromProvider(line);
        if (header == null || !header.path(Export.KEYSWITCH).asString("").equals("export")) {
            throw new UnsuitableException("the file is not written by keyswitch export");
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
        int stored = batch.isEmpty()
                ? 0
                : database.write(handle ->
                        batch.stream().mapToInt(row -> insert(handle, row)).sum());
        added += stored;
        present += batch.size() - stored;
        progress.accept(added + present);
    }

    private static int insert(Handle handle, Row row) {
        var names = List.copyOf(row.values().keySet());
        return handle.createUpdate("INSERT INTO <table> (<columns>) VALUES (<values>) ON CONFLICT <otherwise>")
                .define("table", row.table().word())
                .define("otherwise", row.table() == StoredTable.THREAD ? CONTINUED : "DO NOTHING")
                .define("columns", String.join(", ", names))
                .define("values", names.stream().map(name -> ":" + name).collect(Collectors.joining(", ")))
                .bindMap(row.values())
                .execute();
    }
}

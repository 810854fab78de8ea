package io.keyswitch.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keyswitch.core.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What is kept of an export that was interrupted: its users but the last, of whom rows may be missing.
 *
 * @param after the last user who is kept
 * @param rows their number
 * @param bytes their length, with the header; 0 if nothing is kept
 */
record ExportPart(String after, long rows, long bytes) {
    static final ExportPart NONE = new ExportPart("", 0, 0);

    /**
     * Reads an export as far as it goes.
     *
     * @param header what an export that is begun now would begin with; nothing is kept of one that began otherwise
     */
    static ExportPart read(InputStream in, Map<String, Object> header) throws IOException {
        var lines = new BufferedReader(new InputStreamReader(in, UTF_8));
        var first = lines.readLine();
        if (first == null || !isSameKind(Json.readFromProvider(first), header)) {
            return NONE;
        }
        var kept = NONE;
        var reached = new ExportPart("", 0, bytes(first));
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            var user = user(line);
            if (user == null) {
                break;
            }
            if (!user.equals(reached.after())) {
                kept = reached;
            }
            reached = new ExportPart(user, reached.rows() + 1, reached.bytes() + bytes(line));
        }
        return kept;
    }

    /** Whether two exports differ by their time only. */
    private static boolean isSameKind(@Nullable JsonNode begun, Map<String, Object> header) {
        var expected = new LinkedHashMap<>(header);
        expected.put(Export.AT, begun == null ? "" : begun.path(Export.AT).asString(""));
        return Json.tree(expected).equals(begun);
    }

    private static long bytes(String line) {
        return line.getBytes(UTF_8).length + 1L;
    }

    private static @Nullable String user(String line) {
        var row = Json.readFromProvider(line);
        return row == null ? null : row.path(Export.ROW).path("user_id").asString(null);
    }
}

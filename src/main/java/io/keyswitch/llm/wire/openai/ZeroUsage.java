package io.keyswitch.llm.wire.openai;

import io.keyswitch.json.Json;
import io.keyswitch.llm.wire.Node;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Takes usages of nothing but zeros out of a stream: Workers AI sends one behind the real one (recorded 2026-05). */
public final class ZeroUsage {
    private static final String DATA = "data:";

    private ZeroUsage() {}

    /** Complete frames without such usages; the same bytes if there are none. */
    public static byte[] leftOut(byte[] frames) {
        var text = new String(frames, StandardCharsets.UTF_8);
        if (!text.contains("\"usage\"")) {
            return frames;
        }
        var lines = text.split("(?<=\n)", -1);
        var kept = Arrays.stream(lines).map(ZeroUsage::line).collect(Collectors.joining());
        return kept.equals(text) ? frames : kept.getBytes(StandardCharsets.UTF_8);
    }

    private static String line(String line) {
        if (line.startsWith(DATA)
                && Json.readFromProvider(line.substring(DATA.length())) instanceof ObjectNode chunk
                && chunk.path("usage").isObject()
                && isZero(chunk.path("usage"))) {
            chunk.remove("usage");
            return DATA + " " + Json.text(chunk) + "\n";
        }
        return line;
    }

    private static boolean isZero(JsonNode usage) {
        return Node.count(usage, "prompt_tokens") == 0
                && Node.count(usage, "completion_tokens") == 0
                && Node.count(usage, "total_tokens") == 0;
    }
}

package io.keyswitch.settings;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The source of each setting: a line of the file or an environment variable. Not thread-safe. */
final class Origins {
    private final String file;
    private final Map<String, Integer> lines;
    private final Map<String, String> variables = new HashMap<>();

    /**
     * Settings of a file.
     *
     * @param lines line numbers by path, starting at 1
     */
    Origins(String file, Map<String, Integer> lines) {
        this.file = file;
        this.lines = lines;
    }

    void fromVariable(String path, String variable) {
        variables.put(path, variable);
    }

    /** The line of a setting, or of its nearest parent; 0 if it is not in the file. */
    int line(String path) {
        if (variables.containsKey(path)) {
            return 0;
        }
        for (var at = path; at != null; at = parent(at)) {
            var line = lines.get(at);
            if (line != null) {
                return line;
            }
        }
        return 0;
    }

    private static @Nullable String parent(String path) {
        int end = Math.max(path.lastIndexOf('.'), path.lastIndexOf('['));
        return end < 0 ? null : path.substring(0, end);
    }

    /** The prefix of a sentence about a setting: {@code keyswitch.yaml:3: }, the name of its variable, or empty. */
    String place(String path) {
        var variable = variables.get(path);
        if (variable != null) {
            return variable + ": ";
        }
        int line = line(path);
        return line == 0 ? "" : file + ":" + line + ": ";
    }

    /** The exact source of a setting; null if it is a default. */
    @Nullable
    String of(String path) {
        var variable = variables.get(path);
        if (variable != null) {
            return variable;
        }
        var line = lines.get(path);
        return line == null ? null : file + ":" + line;
    }
}

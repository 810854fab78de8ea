package io.keyswitch.settings;

import java.util.List;

/** Settings that cannot be started with; each problem is one sentence that names the setting and the cure. */
public final class SettingsException extends RuntimeException {
    private final transient List<String> problems;

    public SettingsException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    public List<String> problems() {
        return problems;
    }
}

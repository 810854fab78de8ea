package io.keyswitch.settings;

import java.util.List;

/** The settings are invalid. Each problem is one sentence with the setting and the fix. */
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

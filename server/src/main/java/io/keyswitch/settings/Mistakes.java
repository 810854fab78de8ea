package io.keyswitch.settings;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Collects configuration mistakes, each with its location. Not thread-safe. */
final class Mistakes {
    /** One mistake. The line is 0 if it is not in the file. */
    private record Mistake(String path, int line, String said) {}

    private final Origins origins;
    private final List<Mistake> found = new ArrayList<>();

    Mistakes(Origins origins) {
        this.origins = origins;
    }

    /** Collects mistakes without reporting them. */
    static Mistakes unreported() {
        return new Mistakes(new Origins("", Map.of()));
    }

    /**
     * Reports an invalid setting.
     *
     * @param whatAndCure the problem and its fix, to follow the setting's path, such as {@code is missing: write …}
     */
    void at(String path, String whatAndCure) {
        sentence(path, path + " " + whatAndCure);
    }

    /** Reports a mistake in a setting with a complete sentence. */
    void sentence(String path, String sentence) {
        found.add(new Mistake(path, origins.line(path), origins.place(path) + sentence));
    }

    /** Reports an invalid environment variable that is not a setting. */
    void variable(String name, String whatAndCure) {
        inEnvironment(name + " " + whatAndCure);
    }

    /** Reports a mistake in the environment with a complete sentence. */
    void inEnvironment(String sentence) {
        found.add(new Mistake("", 0, sentence));
    }

    /** Whether a setting, or one below it, has a mistake that was reported. */
    boolean areBelow(String path) {
        return found.stream().anyMatch(mistake -> (mistake.path() + ".").startsWith(path + "."));
    }

    void failIfAny() {
        if (!found.isEmpty()) {
            throw new SettingsException(found.stream()
                    .sorted(Comparator.comparingInt(Mistake::line))
                    .map(Mistake::said)
                    .toList());
        }
    }
}

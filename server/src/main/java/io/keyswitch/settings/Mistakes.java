package io.keyswitch.settings;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The mistakes found so far, each with its place. Not thread-safe. */
final class Mistakes {
    /** One mistake; the line is 0 for what is not in the file. */
    private record Mistake(int line, String said) {}

    private final Origins origins;
    private final List<Mistake> found = new ArrayList<>();

    Mistakes(Origins origins) {
        this.origins = origins;
    }

    /** Mistakes nobody will read. */
    static Mistakes unreported() {
        return new Mistakes(new Origins("", Map.of()));
    }

    /**
     * A setting that cannot stay as it is.
     *
     * @param whatAndCure to stand behind its name, such as {@code is missing: write …}
     */
    void at(String path, String whatAndCure) {
        sentence(path, path + " " + whatAndCure);
    }

    /** A sentence about a setting. */
    void sentence(String path, String sentence) {
        found.add(new Mistake(origins.line(path), origins.place(path) + sentence));
    }

    /** Something in the environment that is not a setting. */
    void variable(String name, String whatAndCure) {
        inEnvironment(name + " " + whatAndCure);
    }

    /** A sentence about the environment. */
    void inEnvironment(String sentence) {
        found.add(new Mistake(0, sentence));
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

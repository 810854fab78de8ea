package io.keyswitch.doctor;

import java.util.Locale;

/**
 * What an examination has found.
 *
 * @param area what was examined, such as {@code database}
 * @param sentence a sentence for the operator, with the cure of a problem; never any content or key
 */
public record Finding(String area, Level level, String sentence) {
    /** How bad it is. */
    public enum Level {
        OK,
        /** Users are served, but something should be mended. */
        WARNING,
        /** Users get errors, or will. */
        FAILED;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Finding ok(String area, String sentence) {
        return new Finding(area, Level.OK, sentence);
    }

    static Finding warning(String area, String sentence) {
        return new Finding(area, Level.WARNING, sentence);
    }

    static Finding failed(String area, String sentence) {
        return new Finding(area, Level.FAILED, sentence);
    }
}

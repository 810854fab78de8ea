package io.keyswitch.core;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The details of a failure besides its reason. Each feature has its own implementation; none contains a key. */
public interface Details {
    /** No details. */
    Details NONE = Map::of;

    /** A database or server that restarts or fails over is back within seconds. */
    Details RETRY_SOON = retryAfter(Duration.ofSeconds(1));

    /** Arguments for the sentence only, by the name of their placeholder. */
    static Details naming(Map<String, String> arguments) {
        return new Details() {
            @Override
            public Map<String, Object> fields() {
                return Map.of();
            }

            @Override
            public Map<String, String> arguments() {
                return Map.copyOf(arguments);
            }
        };
    }

    /** Only that trying again helps, and how long to wait before. */
    static Details retryAfter(Duration wait) {
        return new Details() {
            @Override
            public Map<String, Object> fields() {
                return Map.of("retryAfterSeconds", wait.toSeconds(), "retryable", true);
            }

            @Override
            public Duration retryAfter() {
                return wait;
            }
        };
    }

    /** The machine-readable {@code details} of the response: JSON values with lowerCamelCase names. */
    Map<String, Object> fields();

    /** Arguments of the user-facing sentence, by the name of their placeholder. */
    default Map<String, String> arguments() {
        return Map.of();
    }

    /** The variant of the reason's sentence to use, such as {@code own}; null for the default. */
    default @Nullable String variant() {
        return null;
    }

    /** The invalid field of the request; null if there is none or it is unknown. */
    default @Nullable String field() {
        return null;
    }

    /** OpenAI's error code for what is wrong with {@link #field}; null for the reason's own. */
    default @Nullable String fieldCode() {
        return null;
    }

    /** How long to wait before trying again; null if waiting does not help or the time is unknown. */
    default @Nullable Duration retryAfter() {
        return null;
    }

    /** The call of a tool that the model got wrong, which some clients repair; null if there is none. */
    default @Nullable String failedGeneration() {
        return null;
    }

    /** Whether a part of the answer had arrived and is stored. */
    default boolean incomplete() {
        return false;
    }
}

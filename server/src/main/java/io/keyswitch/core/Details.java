package io.keyswitch.core;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The facts of a failure beside its reason. Each feature has its own record of them; none ever holds a key. */
public interface Details {
    /** No facts. */
    Details NONE = Map::of;

    /** Facts for the sentence alone, by the name of their placeholder. */
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

    /** The facts for programs, as {@code details} of the response: values that JSON can express, in lowerCamelCase names. */
    Map<String, Object> fields();

    /** What the sentence for people names, by the name of its placeholder. */
    default Map<String, String> arguments() {
        return Map.of();
    }

    /** Which of the reason's sentences fits, {@code own} for instance; null for the one without a variant. */
    default @Nullable String variant() {
        return null;
    }

    /** The field of the request that is at fault; null if it is none, or not known. */
    default @Nullable String field() {
        return null;
    }

    /** How long to wait before trying again; null if waiting does not help, or nobody knows. */
    default @Nullable Duration retryAfter() {
        return null;
    }

    /** Whether a part of the answer had arrived, and is kept. */
    default boolean incomplete() {
        return false;
    }
}

package io.keyswitch.simulator;

import io.keyswitch.simulator.Reply.Ending;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A model's behaviour, selected by its ID: {@code sim-no-stream} is {@link #NO_STREAM}, other IDs {@link #ANSWER}. */
enum Scenario {
    ANSWER,
    OVERLOADED(Problem.OVERLOADED),
    RATE_LIMITED(Problem.RATE_LIMITED),
    SERVER_ERROR(Problem.SERVER_ERROR),
    CONTEXT_TOO_LONG(Problem.CONTEXT_TOO_LONG),
    BLOCKED,
    CUT_MIDSTREAM(Ending.CUT),
    ERROR_MIDSTREAM,
    SILENT(Ending.SILENT),
    HANG(Ending.NEVER),
    SLOW,
    EMPTY,
    LONG,
    THINKING,
    ECHO,
    HISTORY,
    NO_STREAM;

    private static final String PREFIX = "sim-";
    private static final Map<String, Scenario> BY_MODEL =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(Scenario::modelId, Function.identity()));

    private final @Nullable Problem problem;
    private final Ending ending;

    Scenario() {
        this(null, Ending.COMPLETE);
    }

    Scenario(Problem problem) {
        this(problem, Ending.COMPLETE);
    }

    Scenario(Ending ending) {
        this(null, ending);
    }

    Scenario(@Nullable Problem problem, Ending ending) {
        this.problem = problem;
        this.ending = ending;
    }

    static Scenario of(String modelId) {
        return BY_MODEL.getOrDefault(modelId, ANSWER);
    }

    /** Whether a model ID has the simulator's prefix; every provider offers such models. */
    static boolean owns(String modelId) {
        return modelId.startsWith(PREFIX);
    }

    private String modelId() {
        return PREFIX + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The error that this model always returns; null if there is none. */
    @Nullable
    Problem problem() {
        return problem;
    }

    /** How its answers end. */
    Ending ending() {
        return ending;
    }

    /** Whether the answer ignores the token limit. */
    boolean exact() {
        return this == ECHO || this == HISTORY || this == LONG;
    }
}

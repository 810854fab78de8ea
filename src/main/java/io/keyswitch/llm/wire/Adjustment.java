package io.keyswitch.llm.wire;

import io.keyswitch.llm.LlmFailure;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a model turned out to need after it refused a parameter. Found by trying once, since ids of new models tell nothing
 * reliable.
 */
public enum Adjustment {
    /** Bound the answer with {@code max_completion_tokens} in place of {@code max_tokens}. */
    MAX_COMPLETION_TOKENS("max_tokens"),
    /** Ask for no usage in the stream. */
    NO_STREAM_OPTIONS("stream_options"),
    /** Ask for the whole answer at once; OpenAI streams some models to verified organisations only. */
    NO_STREAMING("stream");

    private final String refusedParameter;

    Adjustment(String refusedParameter) {
        this.refusedParameter = refusedParameter;
    }

    /**
     * The adjustments to try next after a failure.
     *
     * @return null if no adjustment helps
     */
    public static @Nullable Set<Adjustment> after(LlmFailure failure, Set<Adjustment> tried) {
        if (failure instanceof LlmFailure.Rejected(var parameter) && parameter != null) {
            for (var adjustment : values()) {
                if (adjustment.refusedParameter.equals(parameter) && !tried.contains(adjustment)) {
                    var next = EnumSet.of(adjustment);
                    next.addAll(tried);
                    return next;
                }
            }
        }
        return null;
    }
}

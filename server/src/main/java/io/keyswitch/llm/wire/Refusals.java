package io.keyswitch.llm.wire;

import io.keyswitch.core.Reason;
import io.keyswitch.llm.LlmFailure;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a request that a model was found to refuse. Found by trying once, since ids of new models tell nothing
 * reliable.
 *
 * @param fields in the provider's words
 */
public record Refusals(Set<String> fields) {
    public static final Refusals NONE = new Refusals(Set.of());

    public static final String MAX_TOKENS = "max_tokens";
    public static final String MAX_COMPLETION_TOKENS = "max_completion_tokens";
    public static final String STREAM = "stream";
    /** Anthropic's, that a model is to say what it thinks; older models cannot. */
    public static final String THINKING = "thinking";

    public static final String STREAM_OPTIONS = "stream_options";

    public Refusals {
        fields = Set.copyOf(fields);
    }

    public boolean has(String field) {
        return fields.contains(field);
    }

    /**
     * These refusals and the one a failure reports.
     *
     * @param optional the fields that may be left out or renamed
     * @return null if the failure reports none, a known one, or one that cannot be cured
     */
    public @Nullable Refusals after(LlmFailure failure, Predicate<String> optional) {
        var field = failure.field();
        if (failure.is(Reason.REJECTED) && field != null && optional.test(field) && !has(field)) {
            var more = new HashSet<>(fields);
            more.add(field);
            return new Refusals(more);
        }
        return null;
    }

    /** The name under which to bound the answer: the usual one, unless that is refused and the other is not. */
    public String maxTokensField(String usual) {
        var other = usual.equals(MAX_TOKENS) ? MAX_COMPLETION_TOKENS : MAX_TOKENS;
        return has(usual) && !has(other) ? other : usual;
    }
}

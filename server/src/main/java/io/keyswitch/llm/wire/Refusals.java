package io.keyswitch.llm.wire;

import io.keyswitch.core.Reason;
import io.keyswitch.llm.LlmFailure;
import io.keyswitch.llm.LlmFailure.Fault;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The request fields that a model rejects. Detected by a first attempt, because the ID of a new model does not tell.
 *
 * @param fields named as in the provider's API
 */
public record Refusals(Set<String> fields) {
    public static final Refusals NONE = new Refusals(Set.of());

    public static final String MAX_TOKENS = "max_tokens";
    public static final String MAX_COMPLETION_TOKENS = "max_completion_tokens";
    public static final String STREAM = "stream";
    /** Anthropic's field for extended thinking, which older models reject. */
    public static final String THINKING = "thinking";

    public static final String STREAM_OPTIONS = "stream_options";
    /** Content other than a text, which many models do not read. */
    public static final String MEDIA = "messages.content";
    /** Messages of one side in a row, which the chat templates of some models do not allow. */
    public static final String SAME_ROLE = "messages.role";
    /** A message of the user directly after the result of a tool. */
    public static final String USER_AFTER_TOOL = "messages.tool_call_id";
    /** Tools, which many models do not know. */
    public static final String TOOLS = "tools";
    /** An effort of reasoning beside tools; the model takes tools with the effort {@code none} only. */
    public static final String REASONING_WITH_TOOLS = "tools.reasoning_effort";
    /** A format of the answer beside tools. */
    public static final String FORMAT_WITH_TOOLS = "response_format";
    /** The same at Gemini. */
    public static final String MIME_TYPE_WITH_TOOLS = "generationConfig.responseMimeType";
    /** A system message after the first message. */
    public static final String LATE_SYSTEM = "messages.system";
    /** Fields of messages that only the client knows. */
    public static final String OWN_FIELDS = "messages.metadata";
    /** Gemini's thought signatures of calls, which are valid only for the model and the account that made them. */
    public static final String SIGNATURES = "contents.thoughtSignature";

    public Refusals {
        fields = Set.copyOf(fields);
    }

    public boolean has(String field) {
        return fields.contains(field);
    }

    /**
     * These fields and the one that a failure reports.
     *
     * @param optional the fields that may be left out or renamed
     * @return null if the failure reports no field, a known one, one without a fallback, or only a value that is wrong
     */
    public @Nullable Refusals after(LlmFailure failure, Predicate<String> optional) {
        var field = failure.field();
        boolean rejected = failure.is(Reason.REJECTED) && failure.fault() != Fault.VALUE;
        if (rejected && field != null && optional.test(field) && !has(field)) {
            var more = new HashSet<>(fields);
            more.add(field);
            return new Refusals(more);
        }
        return null;
    }

    /** The field that limits the response length: the usual one, unless the model rejects it and not the other. */
    public String maxTokensField(String usual) {
        var other = usual.equals(MAX_TOKENS) ? MAX_COMPLETION_TOKENS : MAX_TOKENS;
        return has(usual) && !has(other) ? other : usual;
    }
}

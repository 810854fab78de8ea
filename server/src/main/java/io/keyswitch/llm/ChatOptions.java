package io.keyswitch.llm;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * How a model is to answer. What is null is left to the provider.
 *
 * @param maxTokens the longest answer, thinking included
 * @param stop texts at which the answer ends; empty for none
 * @param reasoningEffort OpenAI's word for how much to think: none, minimal, low, medium, high, xhigh or max
 * @param user the end user as the client names them, for the provider's abuse detection
 */
public record ChatOptions(
        @Nullable Integer maxTokens,
        Sampling sampling,
        List<String> stop,
        ToolUse toolUse,
        @Nullable ResponseFormat responseFormat,
        @Nullable String reasoningEffort,
        @Nullable String user) {
    /** How the next token is chosen. */
    public record Sampling(
            @Nullable BigDecimal temperature,
            @Nullable BigDecimal topP,
            @Nullable BigDecimal presencePenalty,
            @Nullable BigDecimal frequencyPenalty,
            @Nullable Long seed) {
        static final Sampling NONE = new Sampling(null, null, null, null, null);
    }

    /**
     * What the model may call.
     *
     * @param tools empty for none
     * @param parallel whether it may ask for several tools at once
     */
    public record ToolUse(
            List<Tool> tools,
            @Nullable ToolChoice choice,
            @Nullable Boolean parallel) {
        static final ToolUse NONE = new ToolUse(List.of(), null, null);

        public ToolUse {
            tools = List.copyOf(tools);
        }
    }

    public static final ChatOptions NONE =
            new ChatOptions(null, Sampling.NONE, List.of(), ToolUse.NONE, null, null, null);

    /**
     * A function the model may have called.
     *
     * @param description null if there is none
     * @param parameters a JSON schema; null for a function without parameters
     * @param strict whether the arguments must follow the schema
     */
    public record Tool(
            String name,
            @Nullable String description,
            @Nullable JsonNode parameters,
            boolean strict) {}

    /** Which tool is to be called. */
    public sealed interface ToolChoice {
        /** Any or none, as the model likes. */
        record Auto() implements ToolChoice {}

        /** None. */
        record None() implements ToolChoice {}

        /** At least one. */
        record Required() implements ToolChoice {}

        /** This one. */
        record Named(String name) implements ToolChoice {}
    }

    /** What the answer must be. */
    public sealed interface ResponseFormat {
        /** Some JSON object. */
        record JsonObject() implements ResponseFormat {}

        /**
         * JSON of a schema.
         *
         * @param name what the client calls it
         */
        record JsonSchema(String name, JsonNode schema) implements ResponseFormat {}
    }

    public ChatOptions {
        stop = List.copyOf(stop);
    }

    public @Nullable BigDecimal temperature() {
        return sampling.temperature();
    }

    public @Nullable BigDecimal topP() {
        return sampling.topP();
    }

    public @Nullable BigDecimal presencePenalty() {
        return sampling.presencePenalty();
    }

    public @Nullable BigDecimal frequencyPenalty() {
        return sampling.frequencyPenalty();
    }

    public @Nullable Long seed() {
        return sampling.seed();
    }

    public List<Tool> tools() {
        return toolUse.tools();
    }

    public @Nullable ToolChoice toolChoice() {
        return toolUse.choice();
    }

    public @Nullable Boolean parallelToolCalls() {
        return toolUse.parallel();
    }

    /** The same options without some of those for sampling, by OpenAI's names. */
    ChatOptions without(Set<String> fields) {
        var fewer = new Sampling(
                fields.contains("temperature") ? null : temperature(),
                fields.contains("top_p") ? null : topP(),
                fields.contains("presence_penalty") ? null : presencePenalty(),
                fields.contains("frequency_penalty") ? null : frequencyPenalty(),
                seed());
        return new ChatOptions(maxTokens, fewer, stop, toolUse, responseFormat, reasoningEffort, user);
    }
}

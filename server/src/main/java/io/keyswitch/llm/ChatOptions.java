package io.keyswitch.llm;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The options of a completion. Null leaves the value to the provider.
 *
 * @param maxTokens the maximum length of the answer, reasoning included
 * @param stop sequences that end the answer; empty for none
 * @param reasoningEffort in OpenAI's terms: none, minimal, low, medium, high, xhigh or max
 * @param user the client's ID of the end user, for the provider's abuse detection
 */
public record ChatOptions(
        @Nullable Integer maxTokens,
        Sampling sampling,
        List<String> stop,
        ToolUse toolUse,
        @Nullable ResponseFormat responseFormat,
        @Nullable String reasoningEffort,
        @Nullable String user) {
    /** Sampling parameters. */
    public record Sampling(
            @Nullable BigDecimal temperature,
            @Nullable BigDecimal topP,
            @Nullable Integer topK,
            @Nullable BigDecimal presencePenalty,
            @Nullable BigDecimal frequencyPenalty,
            @Nullable Long seed) {
        static final Sampling NONE = new Sampling(null, null, null, null, null, null);
    }

    /**
     * The tools that the model may call.
     *
     * @param tools empty for none
     * @param parallel whether it may call several tools at once
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
     * A function that the model may call.
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

    /** Which tool the model must call. */
    public sealed interface ToolChoice {
        /** The model decides. */
        record Auto() implements ToolChoice {}

        /** None. */
        record None() implements ToolChoice {}

        /** At least one. */
        record Required() implements ToolChoice {}

        /** This one. */
        record Named(String name) implements ToolChoice {}
    }

    /** The required format of the answer. */
    public sealed interface ResponseFormat {
        /** Any JSON object. */
        record JsonObject() implements ResponseFormat {}

        /**
         * JSON that matches a schema.
         *
         * @param name the client's name of the schema
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

    public @Nullable Integer topK() {
        return sampling.topK();
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

    /** Whether a sampling option is set, by its name in OpenAI's API. */
    public boolean hasSampling(String field) {
        return switch (field) {
            case "temperature" -> temperature() != null;
            case "top_p" -> topP() != null;
            case "top_k" -> topK() != null;
            case "presence_penalty" -> presencePenalty() != null;
            case "frequency_penalty" -> frequencyPenalty() != null;
            default -> false;
        };
    }

    /** A copy without the given sampling options, by their names in OpenAI's API. */
    ChatOptions without(Set<String> fields) {
        var fewer = new Sampling(
                fields.contains("temperature") ? null : temperature(),
                fields.contains("top_p") ? null : topP(),
                fields.contains("top_k") ? null : topK(),
                fields.contains("presence_penalty") ? null : presencePenalty(),
                fields.contains("frequency_penalty") ? null : frequencyPenalty(),
                seed());
        return new ChatOptions(maxTokens, fewer, stop, toolUse, responseFormat, reasoningEffort, user);
    }
}

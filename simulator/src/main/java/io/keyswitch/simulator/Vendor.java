package io.keyswitch.simulator;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An OpenAI-compatible provider and how it departs from OpenAI.
 *
 * @param name the name a person knows it by
 * @param fields the request fields it takes; empty when it ignores those it does not know
 * @param troubles its own words for a refusal, where they are not OpenAI's
 */
record Vendor(
        String name,
        ErrorShape errors,
        Reasoning reasoning,
        UsageRule usage,
        double maxTemperature,
        Set<String> fields,
        Set<Quirk> quirks,
        List<String> models,
        Map<Problem, Trouble> troubles) {

    /** Where reasoning text goes. */
    enum Reasoning {
        /** Nowhere: only its tokens are counted. */
        HIDDEN,
        REASONING,
        REASONING_CONTENT,
        /** Into an array of content parts. */
        CONTENT_PARTS
    }

    /** Where a stream states its usage. */
    enum UsageRule {
        /** In a chunk of its own without choices, when asked for. */
        ON_REQUEST,
        /** On the finish chunk. */
        WITH_FINISH,
        /** On the finish chunk, and again in a chunk of its own when asked for. */
        WITH_FINISH_AND_ON_REQUEST,
        /** On a second finish chunk. */
        SECOND_FINISH,
        /** On the first of two finish chunks; the second holds zeros. */
        ZEROS_LAST,
        /** In every chunk. */
        EVERY_CHUNK
    }

    /** An oddity of one provider. */
    enum Quirk {
        /** Random padding, {@code refusal}, {@code service_tier}, detailed usage. */
        OPENAI_EXTRAS,
        /** Reasoning models refuse {@code max_tokens} and sampling. */
        REASONING_MODELS_ARE_STRICT,
        /** {@code x_groq}, timings in the usage, no {@code n} or {@code logprobs}. */
        GROQ_EXTRAS,
        /** No {@code logprobs} in choices. */
        NO_LOGPROBS,
        /** {@code finish_reason} only at the end; reasoning outside {@code completion_tokens}. */
        XAI_EXTRAS,
        /** {@code token_ids}, ids of the form {@code id-…}. */
        CLOUDFLARE_EXTRAS,
        /** {@code text} and {@code token_id} in chunks, seeds beyond 2^53. */
        TOGETHER_EXTRAS,
        /** Comment lines to keep the connection alive. */
        KEEP_ALIVE,
        /** The comment {@code OPENROUTER PROCESSING}, errors in chunks with a finish reason, the cost in the usage. */
        OPENROUTER_EXTRAS,
        /** {@code tool_calls} always, {@code logprobs} only in chunks, usage in three numbers. */
        MISTRAL_EXTRAS,
        /** Message content must be a string. */
        TEXT_ONLY,
        /** Turns must alternate, the last one the user's. */
        STRICT_TURNS,
        /** Any key will do, or none. */
        KEYLESS,
        /** Models are listed to anyone. */
        PUBLIC_LISTING,
        /** Models are listed in a bare array. */
        BARE_LISTING,
        NO_LISTING,
        /** {@code GET /key} tells about the key. */
        KEY_INFO,
        /** {@code GET /api-key} tells about the key. */
        API_KEY_INFO
    }

    boolean has(Quirk quirk) {
        return quirks.contains(quirk);
    }

    boolean knows(String model) {
        return Scenario.owns(model) || models.contains(model);
    }
}

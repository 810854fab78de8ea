package io.keyswitch.simulator;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An OpenAI-compatible provider and its differences from OpenAI.
 *
 * @param name the display name
 * @param fields the request fields it accepts; empty if it ignores unknown fields
 * @param troubles its error responses that differ from OpenAI's
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

    /** The field that holds reasoning text. */
    enum Reasoning {
        /** No field: only the reasoning tokens are counted. */
        HIDDEN,
        REASONING,
        REASONING_CONTENT,
        /** A part of the {@code content} array. */
        CONTENT_PARTS
    }

    /** The chunk of a stream that holds the usage. */
    enum UsageRule {
        /** A separate chunk without choices, if {@code include_usage} is set. */
        ON_REQUEST,
        /** The finish chunk. */
        WITH_FINISH,
        /** The finish chunk, and a separate chunk if {@code include_usage} is set. */
        WITH_FINISH_AND_ON_REQUEST,
        /** A second finish chunk, with the cost. */
        SECOND_FINISH,
        /** The first of two finish chunks; the usage of the second is zero. */
        ZEROS_LAST,
        /** Every chunk. */
        EVERY_CHUNK
    }

    /** A provider-specific behaviour. */
    enum Quirk {
        /** {@code obfuscation}, {@code refusal}, {@code service_tier}, detailed usage. */
        OPENAI_EXTRAS,
        /** Reasoning models reject {@code max_tokens} and sampling parameters. */
        REASONING_MODELS_ARE_STRICT,
        /** {@code x_groq}, timings in the usage; {@code n} only 1, no {@code logprobs}. */
        GROQ_EXTRAS,
        /** No {@code logprobs} in choices. */
        NO_LOGPROBS,
        /** {@code finish_reason} only in the last chunk; {@code completion_tokens} without reasoning. */
        XAI_EXTRAS,
        /** {@code token_ids}, ids of the form {@code id-…}. */
        CLOUDFLARE_EXTRAS,
        /** {@code text} and {@code token_id} in chunks, seeds beyond 2^53. */
        TOGETHER_EXTRAS,
        /** A {@code keep-alive} comment before the first chunk. */
        KEEP_ALIVE,
        /** The comment {@code OPENROUTER PROCESSING}; stream errors in a chunk with a finish reason. */
        OPENROUTER_EXTRAS,
        /** {@code tool_calls} in every message, {@code logprobs} only in chunks, usage without details. */
        MISTRAL_EXTRAS,
        /** Message content must be a string. */
        TEXT_ONLY,
        /** Roles must alternate; the last must be {@code user}. */
        STRICT_TURNS,
        /** Chat works with any key, or none. */
        KEYLESS,
        /** The model list requires no key. */
        PUBLIC_LISTING,
        /** The model list is a bare JSON array. */
        BARE_LISTING,
        NO_LISTING,
        /** {@code GET /key} describes the key. */
        KEY_INFO,
        /** {@code GET /api-key} describes the key. */
        API_KEY_INFO
    }

    boolean has(Quirk quirk) {
        return quirks.contains(quirk);
    }

    boolean knows(String model) {
        return Scenario.owns(model) || models.contains(model);
    }
}

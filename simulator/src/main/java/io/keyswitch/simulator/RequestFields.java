package io.keyswitch.simulator;

import java.util.Set;

/** The request fields of providers that reject unknown fields. */
final class RequestFields {
    static final Set<String> OPENAI = Words.set("""
        audio frequency_penalty function_call functions logit_bias logprobs max_completion_tokens
        max_tokens messages metadata modalities model moderation n parallel_tool_calls prediction
        presence_penalty prompt_cache_key prompt_cache_options prompt_cache_retention
        reasoning_effort response_format safety_identifier seed service_tier stop store stream
        stream_options temperature tool_choice tools top_logprobs top_p user verbosity
        web_search_options\
        """);

    static final Set<String> MISTRAL = Words.set("""
        frequency_penalty guardrails max_tokens messages metadata model n parallel_tool_calls
        prediction presence_penalty prompt_cache_key prompt_mode random_seed reasoning_effort
        response_format safe_prompt stop stream temperature tool_choice tools top_p\
        """);

    static final Set<String> ANTHROPIC = Words.set("""
        cache_control container diagnostics inference_geo max_tokens messages metadata model
        output_config service_tier speed stop_sequences stream system thinking tool_choice tools\
        """);

    static final Set<String> GEMINI = Words.set("""
        cachedContent contents generationConfig model safetySettings serviceTier store
        systemInstruction toolConfig tools\
        """);

    static final Set<String> GEMINI_GENERATION_CONFIG = Words.set("""
        audioTranscriptionConfig candidateCount enableAffectiveDialog enableEnhancedCivicAnswers
        frequencyPenalty imageConfig logprobs maxOutputTokens mediaResolution presencePenalty
        responseFormat responseJsonSchema responseLogprobs responseMimeType responseModalities
        responseSchema seed speechConfig stopSequences temperature thinkingConfig topK topP
        translationConfig\
        """);

    private RequestFields() {}
}

package io.keyswitch.llm;

/**
 * Token counts of one completion.
 *
 * @param inputTokens of the prompt, cached ones included
 * @param outputTokens of the answer, reasoning included
 * @param cachedTokens of the prompt that were read from a cache
 * @param reasoningTokens of the answer that were reasoning
 */
public record Usage(long inputTokens, long outputTokens, long cachedTokens, long reasoningTokens) {
    public boolean isZero() {
        return inputTokens == 0 && outputTokens == 0;
    }
}

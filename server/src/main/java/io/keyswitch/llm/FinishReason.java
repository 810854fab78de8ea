package io.keyswitch.llm;

/** Why a completion ended. */
public enum FinishReason {
    /** The answer is complete. */
    STOP,
    /** The answer reached its token limit. */
    LENGTH,
    /** The model calls tools. */
    TOOL_CALLS,
    /** The provider filtered the answer or the rest of it. */
    CONTENT_FILTER
}

package io.keyswitch.llm;

/** Why a completion ended. */
public enum FinishReason {
    /** The model had said what it wanted to say. */
    STOP,
    /** The answer reached its token limit. */
    LENGTH,
    /** The model asks for a tool. */
    TOOL_CALLS,
    /** The provider withheld the answer or the rest of it. */
    CONTENT_FILTER
}

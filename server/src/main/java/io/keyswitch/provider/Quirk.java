package io.keyswitch.provider;

/** A provider's deviation from its wire format. */
public enum Quirk {
    /** Responses cannot be streamed. */
    NO_STREAMING,
    /** {@code stream_options} is not supported and never sent. */
    NO_STREAM_USAGE,
    /** Optional fields that a strict provider may reject are left out. */
    DROP_UNKNOWN_PARAMS,
    /** A stream may end with an all-zero usage, which is dropped. */
    DROP_ZERO_USAGE,
    /** Responses contain reasoning in other fields than {@code reasoning_content}. */
    REASONING_ELSEWHERE,
    /** The role {@code developer} is supported; for other providers it is replaced with {@code system}. */
    DEVELOPER_ROLE,
    /** Every function must have parameters, even if they are empty. */
    TOOL_PARAMETERS,
    /** Content that is only text must be a string, not a list of parts. */
    PLAIN_CONTENT,
    /** IDs of tool calls must have nine letters and digits. */
    SHORT_CALL_IDS,
    /** A message with tool calls must come back with its {@code reasoning_content}, be it empty. */
    REASONING_OF_CALLS,
    /** User and assistant must take turns, and tools are unknown. */
    STRICT_TURNS,
    /** An assistant message must stand between the results of tools and a message of the user. */
    ASSISTANT_AFTER_TOOLS
}

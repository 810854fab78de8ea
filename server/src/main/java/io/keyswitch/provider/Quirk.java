package io.keyswitch.provider;

/** A departure from a wire format that a provider has or has not. */
public enum Quirk {
    /** Answers cannot be streamed. */
    NO_STREAMING,
    /** A stream gives no usage on demand, so none is asked for with {@code stream_options}. */
    NO_STREAM_USAGE,
    /** Optional fields that a strict provider may not know are left out. */
    DROP_UNKNOWN_PARAMS,
    /** A stream may end with a usage of zeros that is not to be believed. */
    DROP_ZERO_USAGE,
    /** Answers give their reasoning elsewhere than in {@code reasoning_content}. */
    REASONING_ELSEWHERE,
    /** It knows the role {@code developer}; for others {@code system} stands for it. */
    DEVELOPER_ROLE,
    /** Every function must have parameters, be they empty. */
    TOOL_PARAMETERS,
    /** Content that is only text must be a string, not a list of parts. */
    PLAIN_CONTENT
}

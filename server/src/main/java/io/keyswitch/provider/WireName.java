package io.keyswitch.provider;

/** The name of a wire format, which many providers may share. */
public enum WireName {
    OPENAI,
    ANTHROPIC,
    GEMINI
}

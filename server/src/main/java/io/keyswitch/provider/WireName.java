package io.keyswitch.provider;

/** The request and response dialect a provider speaks. A provider names one; it is not a provider. */
public enum WireName {
    OPENAI,
    ANTHROPIC,
    GEMINI
}

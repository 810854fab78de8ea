package io.keyswitch.simulator;

/** The help text. */
final class Guide {
    static final String TEXT = """
        The simulator answers like the real providers, on this machine, for nothing.

        Base URLs
          OpenAI      /openai/v1
          Groq        /groq/openai/v1
          Anthropic   /anthropic/v1
          Gemini      /gemini/v1beta
          Cloudflare  /cloudflare/client/v4/accounts/ACCOUNT_ID/ai/v1    ACCOUNT_ID: 32 of 0-9 and a-f
          others      /compatible/NAME/v1    mistral, openrouter, deepseek, xai, together, perplexity, ollama,
                                             cerebras, fireworks, deepinfra, moonshot, or any new name
          plugins     /plugins/NAME/invoke   SwarmSpace's workers; their internal token is sim-internal-token

        API keys: anything of 8 characters or more is good, unless it contains
          invalid       wrong key (so is a shorter one, or none)
          nocredit      no credit left: chat fails, the model list works
          ratelimited   too many requests, try again in 20 seconds
          restricted    may chat, but not list models
          overloaded    the provider is overloaded

        Model ids: the provider's own current ones, and
          sim-echo              repeats the last user message
          sim-history           answers the roles and texts it received, as JSON
          sim-thinking          reasons first
          sim-slow              one second a word
          sim-long              2,000 words
          sim-empty             finishes without a word
          sim-blocked           refuses on policy
          sim-cut-midstream     the connection breaks after six words
          sim-error-midstream   an error event after six words
          sim-silent            sends headers, then nothing
          sim-hang              never answers
          sim-no-stream         answers only without streaming (OpenAI wire format)
          sim-rate-limited, sim-overloaded, sim-server-error, sim-context-too-long
          sim-ANYTHING-ELSE     answers like any model

        Queries to plugins: sim-error, sim-forbidden, sim-no-quota
        """;

    private Guide() {}
}

package io.keyswitch.simulator;

/** The help text of {@code keyswitch simulator}. */
final class Guide {
    static final String TEXT = """
        The simulator responds like the real providers, on this machine and at no cost.

        Base URLs
          OpenAI      /openai/v1
          Groq        /groq/openai/v1
          Anthropic   /anthropic/v1
          Gemini      /gemini/v1beta
          Cloudflare  /cloudflare/client/v4/accounts/ACCOUNT_ID/ai/v1    ACCOUNT_ID: 32 of 0-9 and a-f
          others      /compatible/NAME/v1    mistral, openrouter, deepseek, xai, together, perplexity, ollama,
                                             cerebras, fireworks, deepinfra, moonshot, or any other name
          plugins     /plugins/NAME/invoke   SwarmSpace's workers; the internal token is sim-internal-token

        API keys: any string of at least 8 characters is valid, unless it contains
          invalid       invalid key (as is a shorter one, or none)
          nocredit      no credit left: chat fails, the model list works
          ratelimited   rate limit exceeded, retry after 20 seconds
          restricted    chat works, the model list fails
          overloaded    the provider is overloaded

        Model IDs: the provider's current models, and
          sim-echo              repeats the last user message
          sim-history           returns the received roles and texts as JSON
          sim-thinking          reasoning before the answer
          sim-slow              one second per word
          sim-long              2,000 words
          sim-empty             an empty answer
          sim-blocked           blocked by content policy
          sim-cut-midstream     closes the connection after six words
          sim-error-midstream   sends an error event after six words
          sim-silent            sends headers, then nothing
          sim-hang              never responds
          sim-no-stream         rejects streaming (OpenAI wire format)
          sim-rate-limited, sim-overloaded, sim-server-error, sim-context-too-long
          sim-ANYTHING-ELSE     a normal answer

        Plugin queries that trigger errors: sim-error, sim-forbidden, sim-no-quota
        """;

    private Guide() {}
}

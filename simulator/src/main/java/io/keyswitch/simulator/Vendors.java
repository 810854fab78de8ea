package io.keyswitch.simulator;

import static java.util.Map.entry;

import io.keyswitch.simulator.Vendor.Quirk;
import io.keyswitch.simulator.Vendor.Reasoning;
import io.keyswitch.simulator.Vendor.UsageRule;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The OpenAI-compatible providers (as of 2026-11). */
final class Vendors {
    static final Vendor OPENAI = new Vendor(
            "OpenAI",
            ErrorShape.OPENAI,
            Reasoning.HIDDEN,
            UsageRule.ON_REQUEST,
            2,
            RequestFields.OPENAI,
            Set.of(Quirk.OPENAI_EXTRAS, Quirk.REASONING_MODELS_ARE_STRICT),
            Words.listed("""
                gpt-5.6-sol gpt-5.6-terra gpt-5.6-luna gpt-5.5 gpt-5.4 gpt-5.4-mini gpt-5.4-nano gpt-5.2
                gpt-5.2-pro gpt-5.1 gpt-5 gpt-5-mini gpt-5-nano gpt-4.1 gpt-4.1-mini gpt-4.1-nano gpt-4o
                gpt-4o-mini o3 o4-mini\
                """),
            Map.of());

    static final Vendor GROQ = new Vendor(
            "Groq",
            ErrorShape.SPARSE,
            Reasoning.REASONING,
            UsageRule.WITH_FINISH_AND_ON_REQUEST,
            2,
            Set.of(),
            Set.of(Quirk.GROQ_EXTRAS),
            Words.listed("""
                openai/gpt-oss-120b openai/gpt-oss-20b llama-3.3-70b-versatile llama-3.1-8b-instant
                qwen/qwen3-32b qwen/qwen3.6-27b qwen/qwen3.8-27b meta-llama/llama-4-scout-17b-16e-instruct
                meta-llama/llama-4-maverick-17b-128e-instruct moonshotai/kimi-k2-instruct compound-beta
                compound-beta-mini\
                """),
            Troubles.GROQ);

    static final Vendor CLOUDFLARE = new Vendor(
            "Cloudflare",
            ErrorShape.ENVELOPE,
            Reasoning.REASONING_CONTENT,
            UsageRule.ZEROS_LAST,
            5,
            Set.of(),
            Set.of(Quirk.CLOUDFLARE_EXTRAS, Quirk.TEXT_ONLY),
            Words.listed("""
                @cf/openai/gpt-oss-120b @cf/openai/gpt-oss-20b @cf/meta/llama-3.3-70b-instruct-fp8-fast
                @cf/meta/llama-3.1-8b-instruct @cf/meta/llama-3.1-8b-instruct-fast
                @cf/meta/llama-4-scout-17b-16e-instruct @cf/qwen/qwen3-30b-a3b-fp8
                @cf/mistralai/mistral-small-3.1-24b-instruct @cf/google/gemma-3-12b-it
                @hf/nousresearch/hermes-2-pro-mistral-7b\
                """),
            Troubles.CLOUDFLARE);

    private static final Map<String, Vendor> COMPATIBLE = Map.ofEntries(
            entry(
                    "mistral",
                    new Vendor(
                            "Mistral",
                            ErrorShape.FLAT,
                            Reasoning.CONTENT_PARTS,
                            UsageRule.WITH_FINISH,
                            1.5,
                            RequestFields.MISTRAL,
                            Set.of(Quirk.MISTRAL_EXTRAS),
                            Words.listed("""
                                mistral-large-latest mistral-medium-latest mistral-small-latest magistral-medium-2507
                                magistral-medium-latest ministral-8b-latest\
                                """),
                            Troubles.MISTRAL)),
            entry(
                    "openrouter",
                    new Vendor(
                            "OpenRouter",
                            ErrorShape.NUMBERED,
                            Reasoning.REASONING,
                            UsageRule.SECOND_FINISH,
                            2,
                            Set.of(),
                            Set.of(Quirk.OPENROUTER_EXTRAS, Quirk.PUBLIC_LISTING, Quirk.KEY_INFO),
                            Words.listed("""
                                openai/gpt-5.5 openai/gpt-4o-mini anthropic/claude-sonnet-5-5 google/gemini-3.8-flash
                                meta-llama/llama-3.3-70b-instruct meta-llama/llama-3.3-70b-instruct:free openrouter/auto\
                                """),
                            Troubles.OPENROUTER)),
            entry(
                    "deepseek",
                    new Vendor(
                            "DeepSeek",
                            ErrorShape.OPENAI,
                            Reasoning.REASONING_CONTENT,
                            UsageRule.ON_REQUEST,
                            2,
                            Set.of(),
                            Set.of(Quirk.KEEP_ALIVE),
                            List.of("deepseek-chat", "deepseek-reasoner"),
                            Troubles.DEEPSEEK)),
            entry(
                    "xai",
                    new Vendor(
                            "xAI",
                            ErrorShape.STRING,
                            Reasoning.REASONING_CONTENT,
                            UsageRule.ON_REQUEST,
                            2,
                            Set.of(),
                            Set.of(Quirk.XAI_EXTRAS, Quirk.NO_LOGPROBS, Quirk.API_KEY_INFO),
                            List.of("grok-4", "grok-4-fast", "grok-3", "grok-3-mini"),
                            Troubles.XAI)),
            entry(
                    "together",
                    plain(
                            "Together",
                            UsageRule.WITH_FINISH,
                            Set.of(Quirk.BARE_LISTING, Quirk.TOGETHER_EXTRAS),
                            "meta-llama/Llama-3.3-70B-Instruct-Turbo",
                            "openai/gpt-oss-120b")),
            entry(
                    "perplexity",
                    plain(
                            "Perplexity",
                            UsageRule.EVERY_CHUNK,
                            Set.of(Quirk.STRICT_TURNS, Quirk.NO_LISTING),
                            "sonar",
                            "sonar-pro",
                            "sonar-reasoning-pro")),
            entry(
                    "ollama",
                    plain(
                            "Ollama",
                            UsageRule.ON_REQUEST,
                            Set.of(Quirk.KEYLESS, Quirk.PUBLIC_LISTING),
                            "llama3.2",
                            "gpt-oss:20b",
                            "qwen3:8b")),
            entry("cerebras", plain("Cerebras", UsageRule.ON_REQUEST, Set.of(), "gpt-oss-120b", "llama-3.3-70b")),
            entry(
                    "fireworks",
                    plain(
                            "Fireworks",
                            UsageRule.ON_REQUEST,
                            Set.of(),
                            "accounts/fireworks/models/gpt-oss-120b",
                            "accounts/fireworks/models/llama-v3p3-70b-instruct")),
            entry("deepinfra", plain("DeepInfra", UsageRule.ON_REQUEST, Set.of(), "meta-llama/Llama-3.3-70B-Instruct")),
            entry("moonshot", plain("Moonshot", UsageRule.ON_REQUEST, Set.of(), "kimi-k2-instruct", "kimi-latest")));

    private Vendors() {}

    /** The provider with the given name; a generic one with two models if the name is unknown. */
    static Vendor compatible(String name) {
        var known = COMPATIBLE.get(name);
        return known != null ? known : plain(name, UsageRule.ON_REQUEST, Set.of(), name + "-large", name + "-small");
    }

    private static Vendor plain(String name, UsageRule usage, Set<Quirk> quirks, String... models) {
        return new Vendor(
                name,
                ErrorShape.OPENAI,
                Reasoning.REASONING_CONTENT,
                usage,
                2,
                Set.of(),
                quirks,
                List.of(models),
                Map.of());
    }
}

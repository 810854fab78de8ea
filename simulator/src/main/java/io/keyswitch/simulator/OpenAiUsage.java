package io.keyswitch.simulator;

import io.keyswitch.simulator.Vendor.Quirk;
import tools.jackson.databind.node.ObjectNode;

/** The usage of an answer, in the format of one OpenAI-compatible provider. */
record OpenAiUsage(Vendor vendor, Answer answer) {
    ObjectNode json() {
        var prompt = answer.promptTokens();
        var completion = vendor.has(Quirk.XAI_EXTRAS) ? answer.textTokens() : answer.tokens();
        var usage = Json.object();
        if (vendor.has(Quirk.GROQ_EXTRAS)) {
            usage.put("queue_time", 0.0381395).put("prompt_time", 0.003985297);
            usage.put("completion_time", 0.014171875).put("total_time", 0.018157172);
        }
        usage.put("prompt_tokens", prompt)
                .put("completion_tokens", completion)
                .put("total_tokens", prompt + answer.tokens());
        details(usage);
        return usage;
    }

    /** The zero usage of Cloudflare's second finish chunk. */
    static ObjectNode zeros() {
        return Json.object()
                .put("prompt_tokens", 0)
                .put("completion_tokens", 0)
                .put("total_tokens", 0)
                .set("prompt_tokens_details", Json.object().put("cached_tokens", 0));
    }

    private void details(ObjectNode usage) {
        if (vendor.has(Quirk.OPENAI_EXTRAS)) {
            usage.putObject("prompt_tokens_details").put("cached_tokens", 0).put("audio_tokens", 0);
            usage.putObject("completion_tokens_details")
                    .put("reasoning_tokens", answer.thinkingTokens())
                    .put("audio_tokens", 0)
                    .put("accepted_prediction_tokens", 0)
                    .put("rejected_prediction_tokens", 0);
        } else if (!vendor.has(Quirk.MISTRAL_EXTRAS)
                && !vendor.has(Quirk.CLOUDFLARE_EXTRAS)
                && answer.thinkingTokens() > 0) {
            usage.putObject("completion_tokens_details").put("reasoning_tokens", answer.thinkingTokens());
        }
    }
}

package io.keyswitch.llm.wire;

import io.keyswitch.llm.LlmFailure;
import io.keyswitch.llm.LlmFailure.Fault;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a conversation that a model does not accept, found by phrases in providers' error messages. No provider sends a code
 * for them. Phrases of DeepSeek, Groq, Mistral, OpenAI, OpenRouter, Ollama, vLLM, xAI, Perplexity and Gemini.
 */
final class RefusedConversation {
    private record Sign(String field, Fault fault, Pattern phrases) {}

    private static final String MEDIA =
            "(?:image_url|image inputs?|images?|audio|video|vision|multi-?modal(?: inputs?)?)";

    private static final List<Sign> SIGNS = List.of(
            sign(
                    Refusals.MEDIA,
                    Fault.UNSUPPORTED,
                    "unknown variant [`'\"]?(?:image_url|input_audio|video_url|file)\\b",
                    "\\b" + MEDIA + "\\b[^.]{0,60}\\b(?:not|only) (?:be )?(?:support|accept|enabled|allowed|available)",
                    "(?:not|n't) (?:support|accept|allow|process|read)[^.]{0,40}\\b" + MEDIA + "\\b",
                    "no endpoints found that support (?:image|audio|video|file)",
                    "not a (?:multi-?modal|vision)",
                    "at most 0 (?:image|audio|video)",
                    "missing data required for image input",
                    "content['`\"]?\\s*:?\\s*(?:value )?(?:must|should) be a (?:valid )?string",
                    "content['`\"]?, ['`\"]array['`\"] not in ['`\"]string['`\"]"),
            sign(
                    Refusals.SAME_ROLE,
                    Fault.UNSUPPORTED,
                    "roles? (?:must|should)(?: be)? alternat",
                    "must alternate",
                    "should alternate",
                    "should be alternating"),
            sign(
                    Refusals.LATE_SYSTEM,
                    Fault.UNSUPPORTED,
                    "system message must be (?:at the beginning|the first)",
                    "(?:only one|multiple|more than one) system messages?",
                    "system messages? (?:is|are) only allowed at",
                    "unexpected role '?system'? after role"),
            sign(
                    Refusals.OWN_FIELDS,
                    Fault.UNSUPPORTED,
                    "\\b(?:messages?|tools?)\\b[^\\n]{0,160}(?:property '[^']{1,60}' is unsupported|extra inputs are not permitted"
                            + "|additional propert|unknown (?:field|name|parameter)|unrecognized)",
                    "(?:unknown|unrecognized|unexpected|unsupported) (?:field|name|parameter|property|key)s?[^\\n]{0,40}"
                            + "\\b(?:messages?|tools?)[.\\[]",
                    "additional propert[^\\n]{0,160}\\b(?:messages?|tools?)\\b"),
            sign(Refusals.USER_AFTER_TOOL, Fault.UNSUPPORTED, "unexpected role '?user'? after role '?tool"),
            sign(
                    Refusals.TOOLS,
                    Fault.UNSUPPORTED,
                    "\\b(?:not|n't) support (?:tools?|function calling|tool use|tool calling)\\b",
                    "(?:tool use|tool calling|function calling|tools?) (?:is|are) not (?:support|enabled|available)",
                    "no endpoints found that support tool use",
                    "requires --enable-auto-tool-choice"),
            sign(Refusals.REASONING_WITH_TOOLS, Fault.UNSUPPORTED, "tools with reasoning_effort are not supported"),
            sign(
                    Refusals.FORMAT_WITH_TOOLS,
                    Fault.COMBINATION,
                    "tool(?:s| use| calling)[^.]{0,60}\\b(?:with|and)\\b[^.]{0,40}(?:response_format|json mode|json_schema|structured output)"),
            sign(Refusals.MIME_TYPE_WITH_TOOLS, Fault.COMBINATION, "function calling with a response mime type"),
            // Another conversation of the same model may hold valid ones.
            sign(
                    Refusals.SIGNATURES,
                    Fault.COMBINATION,
                    "(?:corrupted|invalid|not valid)\\b[^.]{0,40}\\bthought[ _]?signature",
                    "thought[ _]?signature[^.]{0,40}\\b(?:corrupted|invalid|not valid)"));

    private RefusedConversation() {}

    private static Sign sign(String field, Fault fault, String... phrases) {
        return new Sign(field, fault, Pattern.compile(String.join("|", phrases)));
    }

    /**
     * The failure of a request whose messages the model does not accept.
     *
     * @param message the provider's error message, in lower case
     * @return null if it is about something else
     */
    static @Nullable LlmFailure in(String message) {
        return SIGNS.stream()
                .filter(sign -> sign.phrases().matcher(message).find())
                .findFirst()
                .map(sign -> LlmFailure.rejected(sign.field(), sign.fault()))
                .orElse(null);
    }
}

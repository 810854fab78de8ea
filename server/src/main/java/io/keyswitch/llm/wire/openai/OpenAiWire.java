package io.keyswitch.llm.wire.openai;

import io.keyswitch.core.Json;
import io.keyswitch.llm.ChatRequest;
import io.keyswitch.llm.wire.AnswerDecoder;
import io.keyswitch.llm.wire.Refusals;
import io.keyswitch.llm.wire.WireFormat;
import io.keyswitch.llm.wire.WireRequest;
import io.keyswitch.provider.ModelId;
import io.keyswitch.provider.Quirk;
import io.keyswitch.provider.Quirks;

/** OpenAI's chat completions API. */
public final class OpenAiWire implements WireFormat {
    public static final OpenAiWire INSTANCE = new OpenAiWire();

    /** The path below the base URL. */
    public static final String CHAT_COMPLETIONS = "/chat/completions";

    private OpenAiWire() {}

    @Override
    public WireRequest encode(ModelId model, ChatRequest request, Quirks quirks, Refusals refused) {
        boolean streaming = !quirks.has(Quirk.NO_STREAMING) && !refused.has(Refusals.STREAM);
        var body = Json.object().put("model", model.value());
        var messages = body.putArray("messages");
        if (!request.system().isBlank()) {
            // "system" is the only role for instructions that every provider supports.
            messages.addObject().put("role", "system").put("content", request.system());
        }
        for (var message : request.alternating().messages()) {
            messages.addObject().put("role", message.role().word()).put("content", message.text());
        }
        var maxTokens = quirks.maxTokens();
        if (maxTokens != null) {
            body.put(refused.maxTokensField(quirks.maxTokensField()), maxTokens);
        }
        if (streaming) {
            body.put("stream", true);
            if (!quirks.has(Quirk.NO_STREAM_USAGE)
                    && !quirks.has(Quirk.DROP_UNKNOWN_PARAMS)
                    && !refused.has(Refusals.STREAM_OPTIONS)) {
                body.putObject("stream_options").put("include_usage", true);
            }
        }
        return new WireRequest(CHAT_COMPLETIONS, body);
    }

    @Override
    public AnswerDecoder decoder() {
        return new OpenAiDecoder();
    }
}
